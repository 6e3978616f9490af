import type { ServiceKeys } from '../../broker.js';
import { headersOf, keyInvalid } from '../../service-keys.js';

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
      headers: headersOf(keys.defaultHttpRequestHeaders, 'defaultHttpRequestHeaders', 'Default HTTP Request Headers'),
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
