import { setMaxListeners } from 'node:events';
import type { BrokerContext, MethodResult } from '../../brokers/broker.js';
import { CallerError } from '../../config/model/errors.js';
import type { Logger } from '../../config/model/logger.js';
import { hasRole, type Principal } from '../../config/model/principal.js';
import type { Store } from '../../config/store/store.js';
import { bindInput, type Input } from './bind-input.js';
import type { CallAudit } from './call-audit.js';
import type { Connections } from './connection.js';
import type { Engine, SmartCall } from './engine.js';
import { flattenResult } from './flat-result.js';
import { Lru } from './lru.js';
import { resolve, type Target, type TargetStep } from './resolve.js';

/** Methods kept compiled. A compiled method is some tens of kilobytes. */
const COMPILED_METHODS = 5_000;

export interface EngineDependencies {
  readonly store: Store;
  readonly connections: Connections;
  readonly audit: CallAudit;
  readonly log: Logger;
}

/** For a call that nobody can cancel. Only brokers see it: listening to what never happens costs each call. */
const never = new AbortController().signal;
setMaxListeners(Number.POSITIVE_INFINITY, never);

/** The engine, and how to make it drop what it has compiled. */
export function createEngine({ store, connections, audit, log }: EngineDependencies): Engine & { forget(): void } {
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

  return {
    async execute(call, principal, signal = never) {
      if (!hasRole(principal, 'user'))
        throw new CallerError('FORBIDDEN', `"${principal.name}" may not call methods; it lacks the role "user".`);
      const key = `${call.object}.${call.method}`;
      const known = targets.get(key);
      const target = known === undefined ? await load(key, call) : known instanceof Promise ? await known : known;
      const input = bindInput(target, call);
      try {
        const flat = call.shape === 'flat' ? await target.flatOutput() : undefined;
        const nested = await run(target, input, principal, { signal, log });
        const result = flat === undefined ? nested : flattenResult(nested, flat);
        audit.done(target, call, principal);
        return result;
      } catch (error) {
        audit.failed(call, principal, error);
        throw error;
      }
    },
    forget: () => targets.clear(),
  };
}

async function run(
  { steps }: Target,
  input: Input,
  principal: Principal,
  ctx: Omit<BrokerContext, 'http'>,
): Promise<MethodResult> {
  const [only, ...more] = steps;
  if (only !== undefined && more.length === 0) return runStep(only, input, principal, ctx);
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
  { signal, log }: Omit<BrokerContext, 'http'>,
): Promise<MethodResult> {
  const { broker, keys } = step.connection;
  const http = step.connection.upstream(principal, signal === never ? undefined : signal);
  const call = { keys, serviceObject: step.serviceObject, method: step.method, input: mapped(input, step.input) };
  const result = await broker.execute(call, { http, signal, log });
  return step.output === undefined || 'items' in result
    ? result
    : { value: mapped(result.value as Input, step.output) };
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
