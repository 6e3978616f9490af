import type { UpstreamRequest } from '../../../brokers/http/upstream.js';
import type { TracedValue } from '../../../config/model/token-trace.js';
import { isSecretName } from '../../../config/store/documents/secret-positions.js';
import { cleanProviderText } from '../provider-text.js';
import { bodyFields } from '../token-response-body.js';

const MASK = '[secret]';
/** Characters of a value that are shown. */
const longest = 500;

/** Parameters of requests whose values are secrets, beside those that `isSecretName` knows. */
const secretParameters = new Set([
  ...['code', 'state', 'nonce', 'code_verifier', 'token', 'device_code', 'user_code', 'request', 'request_uri'],
  ...['login_hint', 'id_token_hint', 'session_state'],
]);

/** Headers whose values say something and are no secrets. */
const shownHeaders = new Set([
  ...['accept', 'content-type', 'content-length', 'cache-control', 'date', 'retry-after', 'server'],
  ...['request-id', 'x-request-id', 'x-correlation-id', 'x-ms-request-id', 'cf-ray'],
]);

/** Fields of answers whose values say something and are no secrets. Any other field is shown by its name alone. */
const shownFields = new Set([
  ...['token_type', 'expires_in', 'scope', 'issued_token_type', 'active', 'interval', 'ok', 'verification_uri'],
  ...['error', 'error_description', 'error_uri', 'error_codes', 'suberror', 'trace_id', 'correlation_id', 'timestamp'],
  ...['ext_expires_in', 'expires_on', 'expires_at', 'not_before'],
  ...['refresh_token_expires_in', 'refresh_expires_in', 'x_refresh_token_expires_in'],
]);

/** What of a flow's requests and answers may be shown. It collects the secrets that were sent, to find them where they are echoed. */
export class Redaction {
  readonly #secrets = new Set<string>();
  readonly #isSecret: (name: string) => boolean;

  /** @param marked the names of the parameters that the resource type marks as secrets */
  constructor(marked: ReadonlySet<string>) {
    this.#isSecret = (name) => marked.has(name) || secretParameters.has(name.toLowerCase()) || isSecretName(name);
  }

  /** The parameters of a form, a query or a JSON object. */
  parameters(pairs: Iterable<readonly [string, unknown]>): TracedValue[] {
    return [...pairs].map(([name, value]) => {
      const text = textOf(value);
      if (!this.#isSecret(name)) return { name, value: this.#clean(text) };
      this.#secrets.add(text);
      return { name, value: MASK };
    });
  }

  /** What a callback received: anybody may send anything there. */
  callback(parameters: URLSearchParams): TracedValue[] {
    return [...parameters].slice(0, 20).map(([name, value]) => ({
      name: cleanProviderText(name, [], 100),
      value: shownFields.has(name) || name === 'iss' ? this.#clean(value) : MASK,
    }));
  }

  /** An address without the secrets in its query, and without user information. */
  url(address: string): string {
    if (!URL.canParse(address)) return MASK;
    const url = new URL(address);
    const shown = this.parameters(url.searchParams).map(({ name, value }) => `${name}=${value}`);
    return `${url.origin}${url.pathname}${shown.length === 0 ? '' : `?${shown.join('&')}`}`;
  }

  headers(headers: UpstreamRequest['headers']): TracedValue[] {
    return Object.entries(headers).map(([name, value]) => {
      const text = [value].flat().join(', ');
      if (shownHeaders.has(name)) return { name, value: this.#clean(text) };
      for (const word of text.split(' ')) this.#secrets.add(word);
      const [, scheme] = name === 'authorization' ? (/^(\w+) /.exec(text) ?? []) : [];
      return { name, value: scheme === undefined ? MASK : `${scheme} ${MASK}` };
    });
  }

  body(body: UpstreamRequest['body'], contentType: string): TracedValue[] {
    if (typeof body !== 'string') return [];
    if (!contentType.includes('json')) return this.parameters(new URLSearchParams(body));
    return this.parameters(bodyFields(body) ?? []);
  }

  /** The fields of an answer; undefined when it has none that can be told apart. */
  fields(text: string): TracedValue[] | undefined {
    const fields = bodyFields(text);
    if (fields === undefined) return undefined;
    return [...fields].map(([name, value]) => ({
      name: cleanProviderText(name, [], 100),
      value: shownFields.has(name) ? this.#clean(textOf(value)) : MASK,
    }));
  }

  #clean(text: string): string {
    return cleanProviderText(text, [...this.#secrets], longest);
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
