import type { Readable } from 'node:stream';
import { decodeText } from './charset.js';
import { decode, decodeStream } from './content-encoding.js';
import type { AnswerHeaders, Exchange } from './exchange.js';
import type { UpstreamResponse } from './upstream.js';

/** An answer whose head is there. */
export class Answer implements UpstreamResponse {
  readonly status: number;
  readonly headers: Readonly<AnswerHeaders>;
  readonly url: string;
  readonly #exchange: Exchange;
  readonly #maxBytes: number;
  readonly #what: () => string;

  constructor(exchange: Exchange, url: string, maxBytes: number, what: () => string) {
    this.status = exchange.status;
    this.headers = exchange.headers;
    this.url = url;
    this.#exchange = exchange;
    this.#maxBytes = maxBytes;
    this.#what = what;
  }

  async bytes(): Promise<Buffer> {
    const encoding = this.headers['content-encoding'];
    const body = await this.#exchange.whole();
    return encoding === undefined ? body : await decode(body, String(encoding), this.#maxBytes, this.#what());
  }

  async text(): Promise<string> {
    const type = this.headers['content-type'];
    return decodeText(await this.bytes(), Array.isArray(type) ? type[0] : type, this.#what());
  }

  stream(): Readable {
    const encoding = this.headers['content-encoding'];
    const body = this.#exchange.stream();
    return encoding === undefined ? body : decodeStream(body, String(encoding), this.#maxBytes, this.#what());
  }

  discard(): void {
    this.#exchange.drop();
  }
}
