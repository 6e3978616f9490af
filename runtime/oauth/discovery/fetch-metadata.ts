import type { Upstream } from '../../../brokers/http/upstream.js';
import { ConfigurationError, UpstreamError } from '../../../config/model/errors.js';
import { cleanProviderText } from '../provider-text.js';
import { metadataLocations } from './metadata-locations.js';

/** A provider's metadata document (RFC 8414 §2, OpenID Connect Discovery §3), as it came. */
export interface ProviderMetadata {
  readonly url: string;
  readonly issuer: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Bytes; the largest known are under 20 KiB. */
const maxBytes = 512 * 1024;
/** Milliseconds. */
const timeout = 15_000;

/**
 * Reads a provider's metadata. It must name the issuer that was asked for (RFC 8414 §3.3): else its endpoints could be anybody's.
 *
 * @throws ConfigurationError DESCRIPTOR_UNAVAILABLE when there is none; DESCRIPTOR_INVALID when it is none, or another issuer's
 */
export async function fetchMetadata(text: string, http: Upstream): Promise<ProviderMetadata> {
  const { urls, isIssuer, issuer: wanted } = metadataLocations(text);
  const tried: string[] = [];
  for (const url of urls) {
    const found = await get(url, http);
    if (typeof found === 'string') {
      tried.push(`${url}: ${found}`);
      continue;
    }
    const issuer = typeof found.issuer === 'string' ? found.issuer : '';
    if (isIssuer(issuer)) return { url, issuer, fields: found };
    throw new ConfigurationError(
      'DESCRIPTOR_INVALID',
      `The metadata at ${url} names the issuer "${cleanProviderText(issuer, [], 200)}", not "${wanted}" (RFC 8414 §3.3). ` +
        'Give the URL of that issuer if it is meant.',
    );
  }
  throw new ConfigurationError('DESCRIPTOR_UNAVAILABLE', `There is no provider metadata: ${tried.join('; ')}.`);
}

/** The document; or why there is none. */
async function get(url: string, http: Upstream): Promise<Readonly<Record<string, unknown>> | string> {
  try {
    const headers = { accept: 'application/json' };
    const answer = await http.send({ method: 'GET', url, headers, timeout, maxBytes, redirects: 'manual' });
    if (answer.status !== 200) {
      answer.discard();
      return `status ${answer.status}`;
    }
    const value: unknown = JSON.parse(await answer.text());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    return 'not a JSON object';
  } catch (error) {
    if (error instanceof SyntaxError) return 'not JSON';
    if (error instanceof UpstreamError) return error.message;
    throw error;
  }
}
