import { setMaxListeners } from 'node:events';
import type { Broker, BrokerContext, MethodCall, MethodResult, StreamedResult } from '../../brokers/broker.js';
import { CallerError } from '../../config/model/errors.js';
import type { Logger } from '../../config/model/logger.js';
import { hasRole, type Principal } from '../../config/model/principal.js';
import type { Store } from '../../config/store/store.js';
import type { AnswerChecks } from './answers/answer-checks.js';
import { bindInput, type Input } from './bind-input.js';
import type { CallAudit } from './call-audit.js';
import type { CallLog, OpenCall } from './call-log.js';
import type { Access, Connections } from './connection.js';
import type { Engine, SmartCall } from './engine.js';
import { flattenResult, flattenStreamed } from './flat-result.js';
import { hiding } from './hiding.js';
import { executeMethod, streamMethod } from './list.js';
import { Lru } from './lru.js';
import { resolve, type Target, type TargetStep } from './resolve.js';
import { watched } from './watched.js';

/** Methods kept compiled. A compiled method is some tens of kilobytes. */
const COMPILED_METHODS = 5_000;

export interface EngineDependencies {
  readonly store: Store;
  readonly connections: Connections;
  readonly audit: CallAudit;
  readonly calls: CallLog;
  readonly checks: AnswerChecks;
  readonly log: Logger;
}

/** For a call that nobody can cancel. Only brokers see it: listening to what never happens costs each call. */
const never = new AbortController().signal;
setMaxListeners(Number.POSITIVE_INFINITY, never);

/** The engine, and how to make it drop what it has compiled. */
export function createEngine({
  store,
  connections,
  audit,
  calls,
  checks,
  log,
}: EngineDependencies): Engine & { forget(): void } {
  const targets = new Lru<string, Target | Promise<Target>>(COMPILED_METHODS);

  async function load(key: string, call: SmartCall): Promise<Target> {
    const loading = resolve(call, store, connections);
    targets.set(key, loading);
    try {
      const target = await loading;
      if (targets.get(key) === loading) targets.set(key, target);
      return target;
    } catch (error) {
      if (targets.get(key) === loading) targets.delete(key);
      throw error;
    }
  }

  /** No promise when it is loaded. @throws CallerError FORBIDDEN, NOT_FOUND */
  function targetOf(call: SmartCall, principal: Principal): Target | Promise<Target> {
    if (!hasRole(principal, 'user'))
      throw new CallerError('FORBIDDEN', `"${principal.name}" may not call methods; it lacks the role "user".`);
    const key = `${call.object}.${call.method}`;
    const known = targets.get(key);
    return known ?? load(key, call);
  }

  function done(open: OpenCall, target: Target): void {
    audit.done(target, open.call, open.principal);
    calls.done(open);
  }

  function failed(open: OpenCall, error: unknown): void {
    // What never got as far as the service changed nothing.
    if (open.asked) audit.failed(open.call, open.principal, error);
    calls.failed(open, error);
  }

  return {
    async execute(call, principal, signal = never) {
      const open: OpenCall = { call, principal, begun: performance.now(), asked: false };
      try {
        const found = targetOf(call, principal);
        const target = found instanceof Promise ? await found : found;
        open.target = target;
        const input = bindInput(target, call);
        open.asked = true;
        const flat = call.shape === 'flat' ? await target.flatOutput() : undefined;
        const nested = await run(target, input, principal, { signal, log });
        const { sole } = target;
        const faults = sole !== undefined && checks.due(sole) ? await checks.ofResult(sole, call, nested) : [];
        const result = flat === undefined ? nested : flattenResult(nested, flat);
        done(open, target);
        return faults.length === 0 ? result : { ...result, faults };
      } catch (error) {
        failed(open, error);
        throw error;
      }
    },
    async stream(call, principal, signal = never) {
      const begun: OpenCall = { call, principal, begun: performance.now(), asked: false };
      try {
        const target = await targetOf(call, principal);
        begun.target = target;
        const input = bindInput(target, call);
        begun.asked = true;
        const flat = call.shape === 'flat' ? await target.flatOutput() : undefined;
        const opened = await open(target, input, principal, { signal, log });
        const nested = await checks.whileArriving(target.sole, call, opened);
        audit.done(target, call, principal);
        const result = flat === undefined ? nested : flattenStreamed(nested, flat);
        return watched(result, { ended: () => calls.done(begun), failed: (error) => failed(begun, error) });
      } catch (error) {
        failed(begun, error);
        throw error;
      }
    },
    forget: () => targets.clear(),
  };
}

/** The result of a method that is one step as it arrives; of any other whole. */
async function open(
  target: Target,
  input: Input,
  principal: Principal,
  ctx: Omit<BrokerContext, 'http'>,
): Promise<StreamedResult> {
  if (target.sole === undefined) return run(target, input, principal, ctx);
  return await through(target.sole, input, principal, ctx, streamMethod);
}

/** The steps one after another; a method that is one step has its result. */
function run(
  { sole, steps }: Target,
  input: Input,
  principal: Principal,
  ctx: Omit<BrokerContext, 'http'>,
): Promise<MethodResult> {
  if (sole === undefined) return runSteps(steps, input, principal, ctx);
  return through(sole, input, principal, ctx, executeMethod);
}

async function runSteps(
  steps: readonly TargetStep[],
  input: Input,
  principal: Principal,
  ctx: Omit<BrokerContext, 'http'>,
): Promise<MethodResult> {
  const [only, ...more] = steps;
  if (only !== undefined && more.length === 0) return await runStep(only, input, principal, ctx);
  const value: Record<string, unknown> = {};
  for (const step of steps) {
    const result = await runStep(step, input, principal, ctx);
    Object.assign(value, 'items' in result ? { items: result.items } : result.value);
  }
  return { value };
}

async function runStep(
  step: TargetStep,
  input: Input,
  principal: Principal,
  ctx: Omit<BrokerContext, 'http'>,
): Promise<MethodResult> {
  const result = await through(step, input, principal, ctx, executeMethod);
  return step.output === undefined || 'items' in result
    ? result
    : { value: mapped(result.value as Input, step.output) };
}

/** Makes a step's call over the authorised way to its service. No hop is taken where the way is there at once: it would cost each call. */
function through<Result>(
  { connection, serviceObject, method, types, input: mapping }: TargetStep,
  input: Input,
  principal: Principal,
  { signal, log }: Omit<BrokerContext, 'http'>,
  make: (broker: Broker, call: MethodCall, context: BrokerContext) => Promise<Result>,
): Promise<Result> {
  const begin = ({ keys, http, hidden }: Access): Promise<Result> => {
    const call = { keys, serviceObject, method, types, input: mapped(input, mapping) };
    const made = make(connection.broker, call, { http, signal, log });
    return hidden.length === 0 ? made : made.catch((error) => Promise.reject(hiding(error, hidden)));
  };
  const access = connection.forCall(principal, signal === never ? undefined : signal);
  return access instanceof Promise ? access.then(begin) : begin(access);
}

/** `mapping` names for each property of the answer the property of `source` that feeds it. */
function mapped(source: Input, mapping: Readonly<Record<string, string>> | undefined): Input {
  if (mapping === undefined) return source;
  return Object.fromEntries(
    Object.entries(mapping)
      .filter(([, from]) => from in source)
      .map(([to, from]) => [to, source[from]]),
  );
}
