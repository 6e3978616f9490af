import { isLocal } from '../../source/index.js';
import {
  type Documents,
  isRawObject,
  locationOf,
  type RawObject,
  rawArray,
  rawObject,
  rawText,
} from '../load/index.js';
import type { Operation } from './operations.js';

/** Finds the base URL of each operation. Servers of the operation win over those of its path, and those over the document's. */
export class Servers {
  readonly #documents: Documents;
  #common: string | undefined;
  readonly #hosts = new Set<string>();

  constructor(documents: Documents) {
    this.#documents = documents;
  }

  /** The base URL without a slash at its end; '' when the descriptor names none that can be used. */
  urlOf(operation: Operation): string {
    const { raw, pathItem, site, pathItemSite } = operation;
    const own =
      this.#first(raw.servers, this.#baseOf(site.document.url)) ??
      this.#first(pathItem.servers, this.#baseOf(pathItemSite.document.url));
    const url = own ?? this.#swaggerSchemes(raw) ?? this.common;
    if (url !== '') this.#hosts.add(new URL(url).host);
    return url;
  }

  /** The base URL that operations have when they say nothing else. */
  get common(): string {
    this.#common ??= this.#ofDocument();
    return this.#common;
  }

  /** The hosts of all operations asked for so far. */
  get hosts(): string[] {
    return [...this.#hosts];
  }

  /** What a server of an operation is relative to: its document's place; for a file, the server that the document names. */
  #baseOf(url: string): string {
    return isLocal(url) && this.common !== '' ? `${this.common}/` : url;
  }

  #ofDocument(): string {
    const { descriptor, dialect, root } = this.#documents;
    if (dialect === 'swagger-2.0') return this.#swagger(rawArray(descriptor.schemes));
    const servers = rawArray(descriptor.servers);
    // OpenAPI 3.1 §4.8.1: no servers means one at "/".
    return this.#first(servers.length > 0 ? servers : [{ url: '/' }], root.url) ?? '';
  }

  #first(servers: unknown, base: string): string | undefined {
    for (const server of rawArray(servers)) {
      const url = isRawObject(server) ? this.#expand(server) : undefined;
      const absolute = url === undefined ? undefined : absoluteUrl(url, base);
      if (absolute !== undefined) return absolute;
    }
    return undefined;
  }

  /** The server's URL with the defaults of its variables. */
  #expand(server: RawObject): string | undefined {
    const template = rawText(server.url);
    const variables = rawObject(server.variables);
    let complete = true;
    const url = template?.replace(/\{([^{}]*)\}/g, (_, name: string) => {
      const variable = rawObject(variables[name]);
      const value = variable.default ?? rawArray(variable.enum)[0];
      if (typeof value === 'string' || typeof value === 'number') return String(value);
      complete = false;
      return '';
    });
    if (complete) return url;
    this.#documents.findings.warn(
      'SERVER_INCOMPLETE',
      `The server "${template}" has a variable without a default; set Service URL.`,
      {
        location: locationOf(this.#documents.rootSite),
      },
    );
    return undefined;
  }

  /** An operation of Swagger 2.0 with schemes of its own. */
  #swaggerSchemes(raw: RawObject): string | undefined {
    if (this.#documents.dialect !== 'swagger-2.0' || rawArray(raw.schemes).length === 0) return undefined;
    return this.#swagger(rawArray(raw.schemes));
  }

  #swagger(schemes: readonly unknown[]): string {
    const { descriptor, root } = this.#documents;
    const remote = isLocal(root.url) ? undefined : new URL(root.url);
    const host =
      rawText(descriptor.host)
        ?.replace(/^\w+:\/\//, '')
        .replace(/\/+$/, '') ?? remote?.host;
    if (host === undefined) return '';
    const usable = schemes.filter((scheme) => scheme === 'https' || scheme === 'http');
    const scheme = usable.includes('https') ? 'https' : (usable[0] ?? remote?.protocol.replace(':', '') ?? 'https');
    const path = rawText(descriptor.basePath) ?? '';
    return (
      absoluteUrl(`${String(scheme)}://${host}${path.startsWith('/') || path === '' ? path : `/${path}`}`, root.url) ??
      ''
    );
  }
}

/** A server's URL, relative ones against the document's; undefined when it is no HTTP URL. */
function absoluteUrl(url: string, base: string): string | undefined {
  const text = url.trim();
  const hostless = /^(?:[\w-]+\.)+[a-z]{2,}(?:[:/]|$)/i.test(text) ? `https://${text}` : text;
  if (!URL.canParse(hostless, base)) return undefined;
  const absolute = new URL(hostless, base);
  if (absolute.protocol !== 'https:' && absolute.protocol !== 'http:') return undefined;
  return absolute.origin + absolute.pathname.replace(/\/+$/, '');
}
