import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { UpstreamError } from '../../config/model/errors.js';
import { failure } from './failure.js';

/** Bytes that are buffered while nobody has asked for the body yet. */
const AHEAD = 256 * 1024;
/** Bytes that are read and dropped, to keep the connection, rather than closing it. */
const DRAIN = 64 * 1024;

export type AnswerHeaders = Record<string, string | string[]>;

/**
 * One request on the wire and its answer: undici's handler. The body is collected as it comes, so that the common case, a small
 * body taken whole, makes no stream.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  status = 0;
  headers: AnswerHeaders = {};
  /** Resolves when the head of the answer is there; rejects with what the transport threw. */
  readonly head: Promise<void>;

  readonly #what: () => string;
  #maxBytes: number;
  #onHead: () => void = nothing;
  #onFailedHead: (error: unknown) => void = nothing;
  #controller: Dispatcher.DispatchController | undefined;
  #chunks: Buffer[] = [];
  #size = 0;
  #complete = false;
  #error: unknown;
  #mode: 'undecided' | 'whole' | 'stream' | 'dropped' = 'undecided';
  #onEnd: () => void = nothing;
  #stream: Readable | undefined;

  constructor(maxBytes: number, what: () => string) {
    this.#maxBytes = maxBytes;
    this.#what = what;
    this.head = new Promise((resolve, reject) => {
      this.#onHead = resolve;
      this.#onFailedHead = reject;
    });
  }

  /** Calls `then` when the exchange is over, well or not. */
  onceOver(then: () => void): void {
    if (this.#over) then();
    else this.#onOver = then;
  }
  #onOver: () => void = nothing;

  /** The whole body as it came, content encoding and all. */
  whole(): Promise<Buffer> {
    this.#take('whole');
    if (Number(this.headers['content-length']) > this.#maxBytes) this.cut(tooLarge(this.#what(), this.#maxBytes));
    this.#controller?.resume();
    return new Promise((resolve, reject) => {
      const settle = () => {
        if (this.#error !== undefined) return reject(failure(this.#error, this.#what(), true));
        const [first = Buffer.alloc(0), ...more] = this.#chunks;
        this.#chunks = [];
        resolve(more.length === 0 ? first : Buffer.concat([first, ...more], this.#size));
      };
      if (this.#over) settle();
      else this.#onEnd = settle;
    });
  }

  /**
   * The body as it came, piece by piece; the connection is held back when nobody reads.
   *
   * @param maxBytes in place of the limit so far
   * @param onProgress is told when bytes arrive and when more are asked for
   */
  stream(maxBytes = this.#maxBytes, onProgress: () => void = nothing): Readable {
    this.#take('stream');
    this.#maxBytes = maxBytes;
    this.#onProgress = onProgress;
    const stream = new Readable({
      read: () => {
        if (this.#controller?.paused === true) onProgress();
        this.#controller?.resume();
      },
      destroy: (error, callback) => {
        this.cut(error ?? new Error('The reader of the answer stopped.'));
        callback(error);
      },
    });
    // A fault may come before anybody reads; whoever reads then is told.
    stream.on('error', nothing);
    this.#stream = stream;
    if (!this.#over && Number(this.headers['content-length']) > maxBytes) this.cut(tooLarge(this.#what(), maxBytes));
    for (const chunk of this.#chunks.splice(0)) stream.push(chunk);
    if (this.#complete) stream.push(null);
    else if (this.#error !== undefined) stream.destroy(failure(this.#error, this.#what(), true));
    return stream;
  }
  #onProgress: () => void = nothing;

  /** Whether the service is kept waiting, because nobody reads. */
  get heldBack(): boolean {
    return this.#controller?.paused === true;
  }

  /** Nobody wants the body: a small rest is read so that the connection can be used again, a large one is cut off. */
  drop(): void {
    if (this.#over || this.#mode === 'stream') return;
    this.#mode = 'dropped';
    this.#chunks = [];
    const length = Number(this.headers['content-length'] ?? Number.POSITIVE_INFINITY);
    if (length - this.#size > DRAIN) this.cut(new Error('The body of the answer is not wanted.'));
    else this.#controller?.resume();
  }

  /** Ends the exchange now. */
  cut(error: Error): void {
    if (this.#over) return;
    this.#fail(error);
    this.#controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Cut while it waited for a connection.
    if (this.#error instanceof Error) controller.abort(this.#error);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: object): void {
    if (status < 200 || this.#over) return;
    this.status = status;
    this.headers = headers as AnswerHeaders;
    this.#onHead();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#over) return;
    this.#size += chunk.length;
    if (this.#mode === 'dropped') return;
    if (this.#size > this.#maxBytes) {
      this.cut(tooLarge(this.#what(), this.#maxBytes));
    } else if (this.#stream !== undefined) {
      this.#onProgress();
      if (!this.#stream.push(chunk)) controller.pause();
    } else {
      this.#chunks.push(chunk);
      if (this.#mode === 'undecided' && this.#size > AHEAD) controller.pause();
    }
  }

  onResponseEnd(): void {
    if (this.#over) return;
    this.#complete = true;
    this.#stream?.push(null);
    this.#end();
  }

  onResponseError(_: unknown, error: Error): void {
    if (!this.#over) this.#fail(error);
  }

  get #over(): boolean {
    return this.#complete || this.#error !== undefined;
  }

  #fail(error: unknown): void {
    this.#error = error;
    this.#chunks = [];
    this.#onFailedHead(error);
    if (this.#stream?.destroyed === false) this.#stream.destroy(failure(error, this.#what(), true));
    this.#end();
  }

  #end(): void {
    this.#onEnd();
    this.#onOver();
  }

  #take(mode: 'whole' | 'stream'): void {
    if (this.#mode !== 'undecided') throw new TypeError(`${this.#what()}: the body of the answer was taken already.`);
    this.#mode = mode;
  }
}

/** The answer's body is larger than was asked for. */
export function tooLarge(what: string, maxBytes: number): UpstreamError {
  return new UpstreamError('UPSTREAM_TOO_LARGE', `${what}: the answer is larger than ${maxBytes} bytes.`);
}

function nothing(): void {}
