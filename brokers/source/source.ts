import { readFile, realpath, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CallerError, ConfigurationError, SmartwrightError } from '../../config/model/errors.js';
import type { BrokerContext } from '../broker.js';
import { displayLocation, isLocal, isWithin, referenceRoot } from './location.js';

/** Largest descriptor, all its documents together, in bytes, when the context names no other: 128 MiB. */
const DEFAULT_MAX_BYTES = 128 * 1024 * 1024;

/** One document's bytes and the URL that they came from, after redirects. */
export interface SourceText {
  readonly url: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads the documents of one descriptor. A local descriptor may refer to files under its `referenceRoot` and to URLs; a
 * remote one to URLs only. Every URL is asked through the instance's upstream, so its address policy holds.
 */
export class Source {
  readonly #descriptor: string;
  readonly #context: BrokerContext;
  readonly #headers: Readonly<Record<string, string>>;
  #left: number;

  /**
   * @param descriptor the URL of the descriptor itself, as `descriptorUrl` gives it
   * @param headers sent with every request for a document; `accept` says what is wanted
   */
  constructor(descriptor: string, context: BrokerContext, headers: Readonly<Record<string, string>>) {
    this.#descriptor = descriptor;
    this.#context = context;
    this.#headers = headers;
    this.#left = context.descriptorBytes ?? DEFAULT_MAX_BYTES;
  }

  /**
   * @throws ConfigurationError DESCRIPTOR_UNAVAILABLE, DESCRIPTOR_INVALID (too large), ADDRESS_REFUSED
   * @throws CallerError CANCELLED
   */
  async read(url: string): Promise<SourceText> {
    const text = isLocal(url) ? await this.#readFile(url) : await this.#fetch(url);
    this.#left -= text.bytes.byteLength;
    if (this.#left < 0) throw this.#tooLarge(url);
    return text;
  }

  async #readFile(url: string): Promise<SourceText> {
    const shown = displayLocation(url);
    try {
      const path = await realpath(fileURLToPath(url));
      if (url !== this.#descriptor) await this.#checkReference(path, shown);
      const found = await stat(path);
      if (!found.isFile())
        throw unavailable(shown, found.isDirectory() ? 'is a folder; give the file in it' : 'is not a regular file');
      if (found.size > this.#left) throw this.#tooLarge(url);
      return { url, bytes: await readFile(path, { signal: this.#context.signal }) };
    } catch (error) {
      if (error instanceof SmartwrightError) throw error;
      if (this.#context.signal.aborted) {
        throw new CallerError('CANCELLED', `${shown} was not read: the call was cancelled.`, { cause: error });
      }
      throw unavailable(shown, fileFault(error), error);
    }
  }

  async #checkReference(path: string, shown: string): Promise<void> {
    if (!isLocal(this.#descriptor))
      throw unavailable(shown, 'is a local file, and a remote descriptor may not refer to one');
    const root = await realpath(referenceRoot(this.#descriptor));
    if (!isWithin(root, path))
      throw unavailable(shown, `lies outside ${root}, the folder that the descriptor may refer to`);
  }

  async #fetch(url: string): Promise<SourceText> {
    const shown = displayLocation(url);
    const maxBytes = this.#left;
    try {
      const response = await this.#context.http.send({ method: 'GET', url, headers: { ...this.#headers }, maxBytes });
      if (response.status < 200 || response.status > 299) {
        response.discard();
        throw unavailable(shown, `answered with status ${response.status}${statusHint(response.status)}`);
      }
      return { url: response.url, bytes: await response.bytes() };
    } catch (error) {
      if (!(error instanceof SmartwrightError)) throw unavailable(shown, 'cannot be fetched', error);
      if (error.code === 'UPSTREAM_TOO_LARGE') throw this.#tooLarge(url);
      if (error.code.startsWith('UPSTREAM_')) throw unavailable(shown, `cannot be fetched: ${error.message}`, error);
      throw error;
    }
  }

  #tooLarge(url: string): ConfigurationError {
    const limit = (this.#context.descriptorBytes ?? DEFAULT_MAX_BYTES).toLocaleString('en');
    return new ConfigurationError(
      'DESCRIPTOR_INVALID',
      `${displayLocation(url)} is too large: a descriptor and all that it refers to may have ${limit} bytes. The operator's SMARTWRIGHT_DESCRIPTOR_BYTES sets that.`,
    );
  }
}

function statusHint(status: number): string {
  if (status === 401 || status === 403) return '; check the authentication of the instance';
  return status === 404 ? '; check the address' : '';
}

function fileFault(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist; check the path';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by this process';
  return `cannot be read (${error instanceof Error ? error.message : String(error)})`;
}

function unavailable(location: string, what: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError(
    'DESCRIPTOR_UNAVAILABLE',
    `${location} ${what.replace(/\.$/, '')}.`,
    cause === undefined ? {} : { cause },
  );
}
