import { deadlineOf } from './deadline.js';
import type { ByteReader, Fetch, FetchAnswer, FetchInit } from './fetch.js';
import { clientProblem, type Problem } from './problem.js';
import type { CallOptions } from './transport.js';

/** One request whose answer has begun. */
export interface Exchange {
  readonly answer: FetchAnswer;
  readonly url: string;
  /** The rest of it as text. @throws Problem */
  text(): Promise<string>;
  /** The rest of it while it arrives; the connection ends when the loop is left. @throws Problem */
  bytes(): AsyncGenerator<Uint8Array, void, undefined>;
  /** Nobody wants the rest. */
  cancel(): void;
}

/** Sends a request. @throws Problem NETWORK, TIMEOUT, CANCELLED */
export async function exchange(
  send: Fetch,
  url: string,
  init: FetchInit,
  options: Pick<CallOptions, 'signal' | 'timeout'> | undefined,
): Promise<Exchange> {
  const deadline = deadlineOf(options);
  if (deadline.signal !== undefined) init.signal = deadline.signal;

  function failed(cause: unknown): Problem {
    const reason = deadline.reason();
    if (reason === 'TIMEOUT')
      return clientProblem(reason, `${url} did not answer within ${options?.timeout} ms.`, { cause });
    if (reason === 'CANCELLED') return clientProblem(reason, `The call of ${url} was cancelled.`, { cause });
    const detail = `${url} cannot be reached: ${messageOf(cause)}. Check the URL and the network.`;
    return clientProblem('NETWORK', detail, { cause });
  }
  const orProblem = async <T>(promise: Promise<T>): Promise<T> => {
    try {
      return await promise;
    } catch (cause) {
      throw failed(cause);
    }
  };

  const answer = await orProblem(send(url, init));
  let taken: ByteReader | undefined;
  const take = () => {
    taken ??= answer.body?.getReader();
    return taken;
  };
  // What failed already has been told.
  const cancel = () =>
    void take()
      ?.cancel()
      .catch(() => undefined);
  return {
    answer,
    url,
    text: () => orProblem(answer.text()),
    async *bytes() {
      try {
        for (let part = await next(); part !== undefined; part = await next()) yield part;
      } finally {
        cancel();
      }
    },
    cancel,
  };

  async function next(): Promise<Uint8Array | undefined> {
    const reader = take();
    return reader === undefined ? undefined : (await orProblem(reader.read())).value;
  }
}

/** `fetch` says only "fetch failed" and keeps the reason in `cause`. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
