import { type Deadline, deadlineOf } from './deadline.js';
import { downloadOf, FileDownload, type FileHead } from './file-download.js';
import { clientProblem, type Problem, problemFromError } from './problem.js';
import type { CallOptions, FlatCallOptions, Transport } from './transport.js';

/** The part of the runtime's engine that the client calls. */
export interface CallEngine<Principal> {
  execute(call: EngineCall, principal: Principal, signal?: AbortSignal): Promise<EngineResult>;
  stream(call: EngineCall, principal: Principal, signal?: AbortSignal): Promise<EngineStream>;
}

export interface EngineCall {
  readonly object: string;
  readonly method: string;
  readonly input: unknown;
  readonly shape?: 'nested' | 'flat' | undefined;
}

export type EngineResult =
  | { readonly value: unknown }
  | { readonly items: readonly unknown[]; readonly next?: string; readonly meta?: Readonly<Record<string, unknown>> };

export type EngineStream =
  | EngineResult
  | { readonly file: FileHead; readonly bytes: AsyncIterable<Uint8Array>; close(): void }
  | { readonly arriving: AsyncIterable<unknown>; close(): void };

type Options = CallOptions | FlatCallOptions | undefined;

/** Calls the engine of this process as `principal`: no server, no serialisation, the same results and problems as over HTTP. */
export function inProcess<Principal>(engine: CallEngine<Principal>, principal: Principal): Transport {
  return {
    async call(object, method, input, options) {
      const deadline = deadlineOf(options);
      try {
        const result = await engine.execute(engineCall(object, method, input, options), principal, deadline.signal);
        return 'items' in result ? pageOf(result) : result.value;
      } catch (error) {
        throw failed(error, `${object}.${method}`, deadline, options);
      }
    },
    async *stream(object, method, input, options) {
      const deadline = deadlineOf(options);
      try {
        const result = await engine.stream(engineCall(object, method, input, options), principal, deadline.signal);
        if ('arriving' in result) yield* result.arriving;
        else if ('items' in result) yield* result.items;
        else if ('value' in result) yield* Array.isArray(result.value) ? result.value : [result.value];
        else {
          result.close();
          throw clientProblem('ANSWER_UNREADABLE', `${object}.${method} gives a file. Call \`download\`.`);
        }
      } catch (error) {
        throw failed(error, `${object}.${method}`, deadline, options);
      }
    },
    async download(object, method, input, options) {
      const deadline = deadlineOf(options);
      const what = `${object}.${method}`;
      try {
        const result = await engine.stream(engineCall(object, method, input, options), principal, deadline.signal);
        if ('bytes' in result) {
          const bytes = failing(result.bytes, (error) => failed(error, what, deadline, options));
          return new FileDownload(result.file, bytes, () => result.close());
        }
        if ('arriving' in result) result.close();
        return downloadOf('value' in result ? result.value : undefined, what);
      } catch (error) {
        throw failed(error, what, deadline, options);
      }
    },
  };
}

/** The page as it comes over HTTP, without what the engine says of the call. */
function pageOf({ items, next, meta }: Extract<EngineResult, { readonly items: unknown }>): object {
  return { items, ...(next !== undefined && { next }), ...(meta !== undefined && { meta }) };
}

function engineCall(object: string, method: string, input: unknown, options: Options): EngineCall {
  const shape = options?.shape === undefined ? {} : { shape: options.shape };
  return { object, method, input: input ?? {}, ...shape };
}

function failed(error: unknown, what: string, deadline: Deadline, options: Options): Problem {
  if (deadline.reason() === 'TIMEOUT') {
    const detail = `${what} did not answer within ${options?.timeout} ms.`;
    return clientProblem('TIMEOUT', detail, { cause: error });
  }
  if (deadline.reason() === 'CANCELLED') {
    return clientProblem('CANCELLED', `The call of ${what} was cancelled.`, { cause: error });
  }
  return problemFromError(error);
}

async function* failing<T>(
  parts: AsyncIterable<T>,
  problem: (error: unknown) => Problem,
): AsyncGenerator<T, void, undefined> {
  try {
    yield* parts;
  } catch (error) {
    throw problem(error);
  }
}
