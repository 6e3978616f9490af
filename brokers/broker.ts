/**
 * The broker contract. A broker is how one kind of service is described and called; to write one, implement `describe` and
 * `execute`. Everything else (tokens, deadlines, size limits, address policy, validation of inputs, storage, code generation)
 * happens around it.
 *
 * - `describe` reads the service's own description and returns service objects and types. It fails only when nothing can be
 *   described (a `ConfigurationError` that says why); a part that cannot be described becomes a diagnostic.
 * - `execute` calls one method. The input has been validated against the method's schema. It throws `UpstreamError` when the
 *   service refuses or fails.
 * - Optional interfaces below (`Streaming`, `PushesRange`, …) are detected by their methods; a broker without them works.
 * - A broker whose keys have a boolean `strictAnswers` lets an admin have answers refused that break their own schema.
 * - A broker whose keys have those of `tls-keys.ts` lets an admin give a client certificate; the runtime connects with it.
 * - All talk to the service through `ctx.http` alone, and stop when `ctx.signal` aborts.
 */
import type { JsonSchema, TypeMap } from '../config/model/json-schema.js';
import type { Logger } from '../config/model/logger.js';
import type { PagingPlan } from '../config/model/paging-plan.js';
import type { Description, ServiceMethod } from '../config/model/service-object.js';
import type { Upstream } from './http/upstream.js';

/** Service keys after validation against the broker's `keys` schema, defaults filled in. */
export type ServiceKeys = Readonly<Record<string, unknown>>;

export interface Broker<Keys extends ServiceKeys = ServiceKeys> {
  /** The service type's system name, such as `rest`. */
  readonly type: string;
  readonly displayName: string;
  readonly description: string;
  /**
   * The service keys, as a schema of `type: object`: property names are system names in camel case, `title` is the display
   * name, `default` the default; a secret key is `writeOnly: true`.
   */
  readonly keys: JsonSchema;
  describe(keys: Keys, ctx: BrokerContext): Promise<Description>;
  execute(call: MethodCall<Keys>, ctx: BrokerContext): Promise<MethodResult>;
}

export interface MethodCall<Keys extends ServiceKeys = ServiceKeys> {
  readonly keys: Keys;
  readonly serviceObject: string;
  readonly method: ServiceMethod;
  /** Valid against `method.input`. Never has more or other properties than that names. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The named types that the method's schemas refer to, at any remove: for a broker that keeps how they are written with them. */
  readonly types: () => Promise<TypeMap>;
}

export interface BrokerContext {
  /** Already authorised: adds the instance's credentials to requests to the instance's own hosts. */
  readonly http: Upstream;
  /** Aborts when the caller goes away or the runtime stops. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Largest descriptor that `describe` may read, all its documents together, in bytes; default 128 MiB. */
  readonly descriptorBytes?: number;
  /**
   * For `describe`: the only service objects that are wanted, whatever the case; absent: all. A broker may leave the others out; the
   * wanted ones have the names, inputs and outputs that they have among all.
   */
  readonly objects?: readonly string[];
  /** For `describe`: the names that the last discovery gave. An operation that has one keeps it, whatever else comes or goes. */
  readonly names?: GivenNames;
}

/** Names by the operation that has them (`MethodOrigin.operation`). */
export type GivenNames = ReadonlyMap<string, GivenName>;

export interface GivenName {
  readonly serviceObject: string;
  readonly method: string;
}

/** The result of one method call. */
export type MethodResult = SingleResult | ListResult;

/** The result of every kind but `list`. */
export interface SingleResult {
  /** Undefined when the method has no result. */
  readonly value: unknown;
}

/** The result of a `list`. */
export interface ListResult {
  readonly items: readonly unknown[];
  /** The page that follows: pass it as `$next` in the input of the same method. Absent on the last page. Opaque to all but the broker. */
  readonly next?: string;
  /** What the answer says beside its items. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

/**
 * Optional: a broker that can give results as they arrive. The same call as `execute`; only what is large or without end by its
 * nature comes as a stream, everything else whole.
 */
export interface Streaming<Keys extends ServiceKeys = ServiceKeys> {
  stream(call: MethodCall<Keys>, ctx: BrokerContext): Promise<StreamedResult>;
}

export type StreamedResult = MethodResult | FileStream | ItemStream;

/** A file whose bytes arrive while they are read. Read it to its end, or close it: until then it holds a connection. */
export interface FileStream {
  readonly file: FileHead;
  /** Can be read once. Throws `UpstreamError` where it breaks off. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Ends it before its end; the service is told by a closed connection. */
  close(): void;
}

export interface FileHead {
  readonly name?: string;
  readonly mediaType?: string;
  /** Bytes, when the service says so beforehand. */
  readonly size?: number;
}

/** Items that arrive one after another, maybe without end. Read it to its end, or close it: until then it holds a connection. */
export interface ItemStream {
  /** Can be read once. Throws `UpstreamError` where it breaks off. */
  readonly arriving: AsyncIterable<unknown>;
  close(): void;
}

/**
 * Optional: a broker that can leave it to the service how many items a list gives. Pure: it sends nothing.
 *
 * @returns the call with what could be pushed down in its input, and how many items are still to be left out of what it gives;
 *   more items than `top` may come all the same
 */
export interface PushesRange<Keys extends ServiceKeys = ServiceKeys> {
  pushRange(call: MethodCall<Keys>, range: Range): { readonly input: MethodCall['input']; readonly skip: number };
}

/** A part of a list. */
export interface Range {
  /** Items to leave out, from the first. */
  readonly skip: number;
  /** Items wanted at most; undefined: all. */
  readonly top: number | undefined;
}

/**
 * Optional: a broker that can do as an overlay says of a method: take its answer for a list or for one thing, and page a list in
 * the declared way. Pure: it sends nothing.
 */
export interface AdjustsLists {
  /** @returns the method with another binding, output and `meta`; or, in a sentence, why it cannot be so */
  adjustList(method: ServiceMethod, change: ListChange, types: TypeMap): Promise<ServiceMethod | string>;
}

export interface ListChange {
  readonly isList: boolean;
  /** Property names from the answer's root to the items; undefined: as they were found, or the answer itself. */
  readonly items: readonly string[] | undefined;
  /** Undefined: as it was found. */
  readonly paging: PagingPlan | undefined;
}

/** Optional: a broker that can tell whether its keys work, without describing. */
export interface Checkable<Keys extends ServiceKeys = ServiceKeys> {
  check(keys: Keys, ctx: BrokerContext): Promise<void>;
}

/** Optional: a broker that can build the request of a call without sending it. */
export interface Previewable<Keys extends ServiceKeys = ServiceKeys> {
  preview(call: MethodCall<Keys>): Promise<RequestPreview>;
}

export interface RequestPreview {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Text, or base64 in `bodyBase64` when the body is not text; null when there is none. */
  readonly body: string | null;
  readonly bodyBase64?: string;
}

export const isStreaming = (broker: Broker): broker is Broker & Streaming => 'stream' in broker;
export const pushesRange = (broker: Broker): broker is Broker & PushesRange => 'pushRange' in broker;
export const adjustsLists = (broker: Broker): broker is Broker & AdjustsLists => 'adjustList' in broker;
export const isCheckable = (broker: Broker): broker is Broker & Checkable => 'check' in broker;
export const isPreviewable = (broker: Broker): broker is Broker & Previewable => 'preview' in broker;
