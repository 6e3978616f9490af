import type { Broker, ServiceKeys } from '../../brokers/broker.js';
import type { Upstream } from '../../brokers/http/upstream.js';

/** The checks of the suite, by name; each can be skipped for a reason. */
export const checks = {
  keys: 'declares its service keys as a JSON Schema',
  names: 'gives unique system names to objects, methods and properties',
  schemas: 'describes types, inputs and outputs that a validator compiles and whose references resolve',
  json: 'describes in plain JSON, so that bindings survive being stored',
  deterministic: 'describes the same service in the same way each time',
  badKeys: 'refuses keys that lead nowhere with a ConfigurationError',
  garbage: 'refuses a description that is none with a ConfigurationError',
  describeAborts: 'stops describing when it is aborted',
  calls: 'executes calls whose results fit the declared outputs',
  parallel: 'keeps nothing between calls',
  preview: 'previews the very request that it sends',
  refused: "reports a service's refusal as UPSTREAM_REFUSED with its status",
  timeout: 'passes a deadline on as UPSTREAM_TIMEOUT',
  broken: 'reports answers that are cut off, too large or unreadable as upstream errors',
  executeAborts: 'frees the connection when a call is aborted',
  input: 'leaves the input as it was',
  hostile: 'lets no value break out of its place in a request',
} as const;

export type Check = keyof typeof checks;

/** A call that is known to work. */
export interface KnownCall {
  /** `Object.Method`, by system names. */
  readonly method: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface SuiteOptions {
  readonly broker: Broker;
  /** Keys of a service that answers; a function is called once, after your own `before` hooks. */
  readonly keys: ServiceKeys | (() => ServiceKeys | Promise<ServiceKeys>);
  /** Calls that work on that service. Their results are held against the declared outputs. */
  readonly calls?: readonly KnownCall[];
  /** How to reach the service. Default: the guarded transport, which may reach this machine. */
  readonly upstream?: Upstream;
  /** Checks that do not apply, with the reason. */
  readonly skip?: Readonly<Partial<Record<Check, string>>>;
  /** The test runner's functions. Default: the globals, as mocha sets them. */
  readonly describe?: (name: string, body: () => void) => unknown;
  readonly it?: TestFunction;
}

/** `it` of mocha and of node:test. */
export interface TestFunction {
  (name: string, body: () => Promise<void>): unknown;
  skip(name: string, body: () => Promise<void>): unknown;
}
