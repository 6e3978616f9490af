import type { MethodResult, StreamedResult } from '../../brokers/broker.js';
import type { FieldError } from '../../config/model/errors.js';
import type { Principal } from '../../config/model/principal.js';
import type { CallShape } from './flat-input.js';

/** A call of a SmartObject's method, by system names. */
export interface SmartCall {
  readonly object: string;
  readonly method: string;
  /** Validated by the engine; anything may come in. A nested value may also be given by a flat name, `address.city`. */
  readonly input: unknown;
  /** The form of the result, and how flat names in the input are read; see `NestInput`. Default nested. */
  readonly shape?: CallShape | undefined;
}

/** What a call came to. */
export type CallResult = MethodResult & {
  /**
   * What in the answer breaks the schema that its service declares, where it was checked and does; see `AnswerChecks`. A pointer
   * is into the value, or into `{ items, meta }` of a list.
   */
  readonly faults?: readonly FieldError[];
};

/** The only door to a service: HTTP, the client and every other face go through it. */
export interface Engine {
  /**
   * Executes a method.
   *
   * @throws CallerError NOT_FOUND, INPUT_INVALID (with `fields`), FORBIDDEN, AUTHORIZATION_REQUIRED, CANCELLED
   * @throws UpstreamError, ProviderError
   */
  execute(call: SmartCall, principal: Principal, signal?: AbortSignal): Promise<CallResult>;
  /**
   * Executes a method and gives its result as it arrives: a file as its bytes; a list as all its items, those of the following
   * pages too, or as they come where the service streams them. What is neither comes whole.
   *
   * @throws as `execute` does; what arrives throws likewise where it breaks off
   */
  stream(call: SmartCall, principal: Principal, signal?: AbortSignal): Promise<StreamedResult>;
}
