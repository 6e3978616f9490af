import {
  type Broker,
  type BrokerContext,
  isPreviewable,
  type MethodCall,
  type ServiceKeys,
} from '../../brokers/broker.js';
import { createUpstream } from '../../brokers/http/index.js';
import type { Upstream } from '../../brokers/http/upstream.js';
import type { Logger } from '../../config/model/logger.js';
import type { Description, ServiceMethod } from '../../config/model/service-object.js';
import { compile, withDefaults } from './compile.js';
import type { Check, SuiteOptions } from './options.js';
import { sample } from './sample.js';

/** Methods that the checks of execution try; a description with more is sampled evenly. */
const tried = 25;

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };
const never = new AbortController().signal;
const thisMachine = ['127.0.0.0/8', '::1/128', 'localhost'];

/** The broker under test, with its keys and its description, each worked out once. */
export class Subject {
  readonly broker: Broker;
  readonly options: SuiteOptions;
  readonly #upstream: Upstream;
  #keys: Promise<ServiceKeys> | undefined;
  #description: Promise<Description> | undefined;
  #calls: Promise<readonly MethodCall[]> | undefined;

  constructor(options: SuiteOptions) {
    this.options = options;
    this.broker = options.broker;
    this.#upstream = options.upstream ?? createUpstream({ allowedHosts: thisMachine });
  }

  /** Why a check cannot be made of this broker. */
  cannot(check: Check): string | undefined {
    if (check === 'preview' && !isPreviewable(this.broker)) return 'the broker does not preview requests';
    if (check === 'calls' && this.options.calls === undefined) return 'no known calls were given';
    if (check === 'parallel' && this.options.calls === undefined) return 'no known calls were given';
    return undefined;
  }

  /** The keys as the runtime hands them to the broker: valid, defaults filled in. */
  keys(): Promise<ServiceKeys> {
    this.#keys ??= this.#readKeys();
    return this.#keys;
  }

  async #readKeys(): Promise<ServiceKeys> {
    const { keys } = this.options;
    return withDefaults(this.broker.keys, typeof keys === 'function' ? await keys() : keys);
  }

  description(): Promise<Description> {
    this.#description ??= this.describe();
    return this.#description;
  }

  /** Describes anew. */
  async describe(context: Partial<BrokerContext> = {}, keys?: ServiceKeys): Promise<Description> {
    return this.broker.describe(keys ?? (await this.keys()), this.context(context));
  }

  context(differs: Partial<BrokerContext> = {}): BrokerContext {
    return { http: this.#upstream, signal: never, log: silent, ...differs };
  }

  /** Calls with sample inputs, for methods of every kind; the inputs are valid. Do not send them to a real service. */
  sampleCalls(): Promise<readonly MethodCall[]> {
    this.#calls ??= this.#makeCalls();
    return this.#calls;
  }

  async #makeCalls(): Promise<readonly MethodCall[]> {
    const [keys, { serviceObjects, types }] = await Promise.all([this.keys(), this.description()]);
    const all = serviceObjects.flatMap(({ name, methods }) =>
      methods.map((method) => ({ serviceObject: name, method })),
    );
    const step = Math.max(1, all.length / tried);
    const chosen = all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
    const calls = chosen.flatMap(({ serviceObject, method }): MethodCall[] => {
      const fits = compile(method.input, types, `input of ${serviceObject}.${method.name}`);
      const inputs = [true, false].map((optional) => sample(method.input, types, { optional }));
      const input = inputs.find((value) => fits(value));
      return input === undefined
        ? []
        : [{ keys, serviceObject, method, types: async () => types, input: input as MethodCall['input'] }];
    });
    if (calls.length === 0) throw new Error('No method is described whose input a sample can be made for.');
    return calls;
  }

  /** The calls that are known to work. @throws when one names a method that is not described */
  async knownCalls(): Promise<readonly MethodCall[]> {
    const [keys, { serviceObjects, types }] = await Promise.all([this.keys(), this.description()]);
    const methods = new Map<string, { serviceObject: string; method: ServiceMethod }>();
    for (const { name, methods: own } of serviceObjects) {
      for (const method of own) methods.set(`${name}.${method.name}`, { serviceObject: name, method });
    }
    return (this.options.calls ?? []).map(({ method, input }) => {
      const found = methods.get(method);
      if (found === undefined)
        throw new Error(`${method} is not described; described are ${[...methods.keys()].join(', ')}.`);
      return { keys, input, types: async () => types, ...found };
    });
  }
}

/** `Object.Method` of a call, for messages. */
export const nameOf = ({ serviceObject, method }: MethodCall): string => `${serviceObject}.${method.name}`;
