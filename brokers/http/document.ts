import { ConfigurationError, SmartwrightError } from '../../config/model/errors.js';
import type { Upstream } from './upstream.js';

export interface FetchedDocument {
  readonly text: string;
  /** The media type as sent, parameters and all. */
  readonly contentType: string | undefined;
  /** The URL that answered, after redirects: what relative references in the document start from. */
  readonly url: string;
}

export interface FetchDocumentOptions {
  /** Bytes accepted after decompression. Default 128 MiB. */
  readonly maxBytes?: number | undefined;
  /** Milliseconds until all of it must be there. Default 60,000. */
  readonly timeout?: number | undefined;
  /** Default: JSON and YAML, then anything. */
  readonly accept?: string | undefined;
}

const ACCEPT = 'application/json, application/yaml, text/yaml;q=0.9, */*;q=0.5';

/**
 * Gets a document, such as a descriptor.
 *
 * @throws ConfigurationError DESCRIPTOR_UNAVAILABLE with the reason, ADDRESS_REFUSED
 * @throws CallerError CANCELLED
 */
export async function fetchDocument(
  url: string,
  http: Upstream,
  { maxBytes = 128 * 1024 * 1024, timeout = 60_000, accept = ACCEPT }: FetchDocumentOptions = {},
): Promise<FetchedDocument> {
  try {
    const answer = await http.send({ method: 'GET', url, headers: { accept }, maxBytes, timeout });
    if (answer.status < 200 || answer.status > 299) {
      answer.discard();
      throw unavailable(url, `it answered with status ${answer.status}${advice(answer.status)}`);
    }
    const type = answer.headers['content-type'];
    return { text: await answer.text(), contentType: Array.isArray(type) ? type[0] : type, url: answer.url };
  } catch (error) {
    if (!(error instanceof SmartwrightError) || !error.code.startsWith('UPSTREAM_')) throw error;
    throw unavailable(url, error.message, error);
  }
}

function advice(status: number): string {
  if (status === 401 || status === 403) return '; it asks for authentication';
  return status === 404 ? '; check the path' : '';
}

function unavailable(url: string, reason: string, cause?: unknown): ConfigurationError {
  const shown = url.replace(/[?#].*$/s, '');
  return new ConfigurationError('DESCRIPTOR_UNAVAILABLE', `The document ${shown} cannot be had: ${reason}`, { cause });
}
