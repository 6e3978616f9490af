import { randomUUID } from 'node:crypto';
import { UpstreamError } from '../../../config/model/errors.js';
import type { BrokerContext } from '../../broker.js';
import { type Refused, readRefused, refusedOf } from '../../http/refused.js';
import { waitAsked } from '../../http/retry.js';
import type { UpstreamRequest, UpstreamResponse } from '../../http/upstream.js';
import { type SharePointKeys, siteUrlOf } from '../keys.js';
import { jsonOrText } from '../odata/answer.js';
import { type BatchAnswer, type BatchPart, readBatch, writeBatch } from '../odata/batch.js';
import { digestFor, keepDigest, readDigest } from './digest.js';
import { faultOf, reasonOf, type Subject } from './fault.js';
import { busyUntil, slowDown, waitFor } from './throttle.js';

/** A request below the site's URL. */
export interface SiteRequest {
  readonly method: 'GET' | 'POST';
  /** Such as `_api/web/lists?$select=Id`, escaped. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly about?: Subject;
  /** Bytes of the answer accepted. */
  readonly maxBytes?: number;
}

/** Answers are wanted with entity tags and links to the next page, and nothing else beside the values. */
export const ACCEPT = 'application/json;odata=minimalmetadata';
const JSON_BODY = 'application/json;odata=nometadata';

/** A longer URL is refused on the way; the request then goes in a batch. */
const LONGEST_URL = 2_000;

/** Times that a busy site is asked again. */
const MOST_WAITS = 20;

/** The way to one site, for one call. */
export class Site {
  readonly url: string;
  readonly #ctx: BrokerContext;
  /** Milliseconds. */
  readonly #timeout: number;

  constructor(keys: SharePointKeys, ctx: BrokerContext) {
    this.url = siteUrlOf(keys);
    this.#ctx = ctx;
    this.#timeout = (keys.timeout ?? 100) * 1_000;
  }

  /**
   * Sends one request, waits while the site is busy, and renews the form digest where the site wants one.
   *
   * @throws UpstreamError UPSTREAM_REFUSED; CallerError CONFLICT, INPUT_INVALID, CANCELLED
   */
  async send(request: SiteRequest): Promise<UpstreamResponse> {
    const built = this.#build(request);
    const response = await this.#whenFree(built, request);
    if (response.status < 300) return response;
    const refused = await readRefused(response, jsonOrText);
    if (request.method === 'POST' && reasonOf(refused) === 'digest') {
      await this.#renewDigest();
      const again = await this.#whenFree(this.#build(request), request);
      if (again.status < 300) return again;
      throw this.#fault(await readRefused(again, jsonOrText), request);
    }
    throw this.#fault(refused, request);
  }

  /** What the answer says. @throws as `send`; UpstreamError UPSTREAM_UNREADABLE when it is not JSON */
  async json(request: SiteRequest): Promise<unknown> {
    if (request.method === 'GET' && `${this.url}/${request.path}`.length > LONGEST_URL) {
      const [answer] = await this.batch([request]);
      if (answer === undefined || answer.status >= 300)
        throw this.#fault(refusedPart(answer ?? { status: 502, headers: {}, body: '' }), request);
      return this.parse(answer.body, request);
    }
    const response = await this.send(request);
    return this.parse(await response.text(), request);
  }

  /** Sends a request whose answer says nothing. */
  async done(request: SiteRequest): Promise<void> {
    (await this.send(request)).discard();
  }

  /** @throws UpstreamError UPSTREAM_UNREADABLE */
  parse(text: string, request: SiteRequest): unknown {
    if (text.trim() === '') return undefined;
    try {
      return JSON.parse(text);
    } catch (cause) {
      const message = `${nameOf(request)}: the answer cannot be read: it is not valid JSON.`;
      throw new UpstreamError('UPSTREAM_UNREADABLE', message, { cause });
    }
  }

  /**
   * Sends up to a hundred requests as one; answers are in the order of the requests, whatever their status.
   *
   * @throws as `send`; UpstreamError UPSTREAM_UNREADABLE when an answer is missing
   */
  async batch(requests: readonly SiteRequest[], method = (request: SiteRequest): string => request.method) {
    const boundary = `batch_${randomUUID()}`;
    const parts = requests.map((request): BatchPart => {
      const { headers, body } = this.#build(request);
      const shown = { ...headers } as Record<string, string>;
      delete shown['x-requestdigest'];
      delete shown['x-http-method'];
      return {
        method: method(request),
        url: `${this.url}/${request.path}`,
        headers: shown,
        body: body as string | undefined,
      };
    });
    const whole: SiteRequest = {
      method: 'POST',
      path: '_api/$batch',
      headers: { 'content-type': `multipart/mixed; boundary=${boundary}` },
      bytes: Buffer.from(writeBatch(parts, boundary)),
      ...(requests[0]?.about === undefined ? {} : { about: { list: requests[0].about.list } }),
    };
    const response = await this.send(whole);
    const type = response.headers['content-type'];
    const answers = readBatch(await response.text(), Array.isArray(type) ? type[0] : type);
    if (answers.length === parts.length) return answers;
    const message = `POST _api/$batch: the answer cannot be read: it answers ${answers.length} of ${parts.length} requests.`;
    throw new UpstreamError('UPSTREAM_UNREADABLE', message);
  }

  /** The error for a part of a batch that was refused. */
  faultOfPart(answer: BatchAnswer, request: SiteRequest) {
    return this.#fault(refusedPart(answer), request);
  }

  #fault(refused: Refused, request: SiteRequest) {
    return faultOf(refused, request.about ?? {}, nameOf(request));
  }

  #build({ method, path, headers = {}, json, bytes, maxBytes }: SiteRequest): UpstreamRequest {
    const digest = method === 'GET' ? undefined : digestFor(this.url);
    const body = json === undefined ? bytes : JSON.stringify(json);
    return {
      method,
      url: `${this.url}/${path}`,
      headers: {
        accept: ACCEPT,
        ...(json === undefined ? {} : { 'content-type': JSON_BODY }),
        ...(digest === undefined ? {} : { 'x-requestdigest': digest }),
        ...headers,
      },
      ...(body === undefined ? (method === 'POST' ? { body: '' } : {}) : { body }),
      ...(maxBytes === undefined ? {} : { maxBytes }),
      timeout: this.#timeout,
    };
  }

  async #whenFree(built: UpstreamRequest, request: SiteRequest): Promise<UpstreamResponse> {
    const deadline = Date.now() + this.#timeout;
    for (let waits = 0; ; waits++) {
      const known = busyUntil(this.url);
      if (known !== undefined && known.until > deadline) throw this.#tooBusy(known.status, known.until, request);
      if (known !== undefined) await waitFor(known.until - Date.now(), this.#ctx.signal);
      const response = await this.#ctx.http.send(built);
      const asked = waitAsked(response.status, first(response.headers['retry-after']));
      if (asked === undefined) return response;
      slowDown(this.url, response.status, asked);
      if (waits === MOST_WAITS || Date.now() + asked > deadline) return response;
      response.discard();
    }
  }

  #tooBusy(status: number, until: number, request: SiteRequest) {
    const seconds = String(Math.ceil((until - Date.now()) / 1_000));
    return this.#fault({ status, headers: { 'retry-after': seconds }, body: null }, request);
  }

  async #renewDigest(): Promise<void> {
    const request: SiteRequest = { method: 'POST', path: '_api/contextinfo' };
    const response = await this.#whenFree(this.#build(request), request);
    if (response.status >= 300) throw this.#fault(await readRefused(response, jsonOrText), request);
    const digest = readDigest(this.parse(await response.text(), request));
    if (digest !== undefined) keepDigest(this.url, digest);
  }
}

/** `GET _api/web/lists`: a request in messages, without its query. */
function nameOf({ method, path }: SiteRequest): string {
  return `${method} ${path.replace(/\?.*$/s, '')}`;
}

const refusedPart = ({ status, headers, body }: BatchAnswer): Refused => refusedOf(status, headers, body, jsonOrText);

const first = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
