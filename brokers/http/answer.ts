import type { Readable } from 'node:stream';
import { decodeText } from './charset.js';
import { decode, decodeStream } from './content-encoding.js';
import type { AnswerHeaders, Exchange } from './exchange.js';
import type { Lifeline } from './lifeline.js';
import type { StreamOptions, UpstreamResponse } from './upstream.js';

/** Bytes accepted of a body, after decompression. */
export interface Caps {
  readonly whole: number;
  readonly stream: number;
}

/** An answer whose head is there. */
export class Answer implements UpstreamResponse {
  readonly status: number;
  readonly headers: Readonly<AnswerHeaders>;
  readonly url: string;
  readonly #exchange: Exchange;
  readonly #caps: Caps;
  readonly #life: Lifeline;
  readonly #what: () => string;

  constructor(exchange: Exchange, url: string, caps: Caps, life: Lifeline, what: () => string) {
    this.status = exchange.status;
    this.headers = exchange.headers;
    this.url = url;
    this.#exchange = exchange;
    this.#caps = caps;
    this.#life = life;
    this.#what = what;
  }

  async bytes(): Promise<Buffer> {
    const encoding = this.headers['content-encoding'];
    const body = await this.#exchange.whole();
    return encoding === undefined ? body : await decode(body, String(encoding), this.#caps.whole, this.#what());
  }

  async text(): Promise<string> {
    const type = this.headers['content-type'];
    return decodeText(await this.bytes(), Array.isArray(type) ? type[0] : type, this.#what());
  }

  stream({ maxBytes = this.#caps.stream, deadline = 'whole' }: StreamOptions = {}): Readable {
    const encoding = this.headers['content-encoding'];
    const life = this.#life;
    if (deadline === 'idle') life.idle(() => this.#exchange.heldBack);
    const body = this.#exchange.stream(maxBytes, deadline === 'idle' ? () => life.progress() : undefined);
    return encoding === undefined ? body : decodeStream(body, String(encoding), maxBytes, this.#what());
  }

  discard(): void {
    this.#exchange.drop();
  }
}
