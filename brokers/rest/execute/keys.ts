import { ConfigurationError } from '../../../config/model/errors.js';
import type { ServiceKeys } from '../../broker.js';
import { asBytes, hasControl, transportHeaders } from './header-text.js';

/** The service keys as a request needs them. */
export interface CompiledKeys {
  /** Base URL that replaces the descriptor's, without a trailing slash. */
  readonly server: string | undefined;
  /** Default headers, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeout: number | undefined;
}

const compiled = new WeakMap<ServiceKeys, CompiledKeys>();

/**
 * Reads `serviceUrl`, `defaultHttpRequestHeaders` and `timeout`, once for each set of keys.
 *
 * @throws ConfigurationError KEYS_INVALID
 */
export function compileKeys(keys: ServiceKeys): CompiledKeys {
  let known = compiled.get(keys);
  if (known === undefined) {
    known = {
      server: serverOf(keys.serviceUrl),
      headers: headersOf(keys.defaultHttpRequestHeaders),
      timeout: typeof keys.timeout === 'number' && keys.timeout > 0 ? keys.timeout * 1_000 : undefined,
    };
    compiled.set(keys, known);
  }
  return known;
}

function serverOf(serviceUrl: unknown): string | undefined {
  if (typeof serviceUrl !== 'string' || serviceUrl.trim() === '') return undefined;
  const text = serviceUrl.trim();
  if (!/^https?:\/\/[^/?#\s]+(\/[^?#\s]*)?$/i.test(text) || !URL.canParse(text)) {
    throw keyInvalid('serviceUrl', 'Service URL', 'is not an absolute http: or https: URL without a query');
  }
  return text.replace(/\/+$/, '');
}

/** An object, or lines of `Name: value`. */
function headersOf(value: unknown): Record<string, string> {
  const entries = typeof value === 'string' ? linesOf(value) : Object.entries(value ?? {});
  const headers: Record<string, string> = {};
  for (const [written, content] of entries) {
    const name = written.trim().toLowerCase();
    const text = String(content).trim();
    const fault =
      !/^[!#$%&'*+\-.^_`|~\w]+$/.test(name) || hasControl(text) || transportHeaders.has(name) || name === '__proto__';
    if (fault) {
      const reason = `has the header "${written.trim().slice(0, 60)}", which cannot be sent`;
      throw keyInvalid('defaultHttpRequestHeaders', 'Default HTTP Request Headers', reason);
    }
    headers[name] = asBytes(text);
  }
  return headers;
}

function linesOf(text: string): [string, string][] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const colon = line.indexOf(':');
    if (colon > 0) return [line.slice(0, colon), line.slice(colon + 1)];
    const reason = 'has a line that is not "Name: value"';
    throw keyInvalid('defaultHttpRequestHeaders', 'Default HTTP Request Headers', reason);
  });
}

export function keyInvalid(key: string, title: string, reason: string): ConfigurationError {
  return new ConfigurationError('KEYS_INVALID', `Service key "${title}" ${reason}.`, {
    fields: [{ pointer: `/keys/${key}`, message: reason }],
  });
}
