import { ConfigurationError } from '../../../config/model/errors.js';
import type { BrokerContext } from '../../broker.js';
import { descriptorUrl, displayLocation, Findings, isLocal, Source } from '../../source/index.js';
import { Circle } from './circle.js';
import { decodeText } from './decode.js';
import { type Dialect, recognise } from './dialect.js';
import { type Identifiers, identifiersOf, withoutFragment } from './identifiers.js';
import { decodeFragment, valueAt } from './json-pointer.js';
import { parseText } from './parse.js';
import { isRawObject, type RawObject } from './raw.js';
import { loadReferenced } from './referenced.js';

/** One file or URL of a descriptor. */
export interface LoadedDocument {
  /** Where it was read from, after redirects: absolute, without fragment. */
  readonly url: string;
  /** What relative references in it are resolved against: its `$self` (OpenAPI 3.2 §4.1.2.2.1), else its URL. */
  readonly base: string;
  readonly root: unknown;
  readonly identifiers: Identifiers;
  /** Whether it may refer to other documents; false when its text shows that it does not. */
  readonly refersOutside: boolean;
}

/** Where in the documents a value stands. */
export interface Site {
  readonly document: LoadedDocument;
  /** What a relative reference is resolved against: the document's URL, or the nearest `$id`. */
  readonly base: string;
  /** JSON Pointer in the document. */
  readonly pointer: string;
}

/** A value with the place that it was found at. */
export interface Located {
  readonly value: unknown;
  readonly site: Site;
}

/**
 * A descriptor with the documents that it refers to, loaded. References are resolved one at a time and lazily; nothing is
 * dereferenced or copied, so the memory is that of the documents.
 *
 * The resolver is our own and not swagger-parser's: that one loads references before it is known whether anything uses them,
 * takes `$ref` texts inside examples for references, and fetches past the instance's upstream and its address policy.
 */
export class Documents {
  readonly root: LoadedDocument;
  readonly descriptor: RawObject;
  readonly dialect: Dialect;
  readonly findings: Findings;
  readonly #loaded: ReadonlyMap<string, LoadedDocument>;
  readonly #resolved = new Map<string, Located | undefined>();

  private constructor(parts: {
    root: LoadedDocument;
    descriptor: RawObject;
    dialect: Dialect;
    findings: Findings;
    loaded: Map<string, LoadedDocument>;
  }) {
    this.root = parts.root;
    this.descriptor = parts.descriptor;
    this.dialect = parts.dialect;
    this.findings = parts.findings;
    this.#loaded = parts.loaded;
  }

  /**
   * Loads a descriptor and every document that its operations need.
   *
   * @param headers sent when a document is fetched
   * @throws ConfigurationError DESCRIPTOR_UNAVAILABLE, DESCRIPTOR_INVALID, ADDRESS_REFUSED, KEYS_INVALID
   * @throws CallerError CANCELLED
   */
  static async open(
    location: string,
    context: BrokerContext,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Documents> {
    const url = descriptorUrl(location, 'Descriptor Location');
    const source = new Source(url, context, { accept: ACCEPT, ...headers });
    const findings = new Findings();
    const root = await loadDocument(url, source, findings);
    const { root: descriptor, dialect } = recognise(root.root, displayLocation(root.url), findings);
    const loaded = new Map<string, LoadedDocument>();
    const register = (document: LoadedDocument, name: string): void => {
      for (const key of [name, document.url, document.base]) if (!loaded.has(key)) loaded.set(key, document);
    };
    register(root, url);
    const documents = new Documents({ root, descriptor, dialect, findings, loaded });
    if (root.refersOutside) {
      await loadReferenced(documents, async ({ url: place, name, referrer }) => {
        const known = loaded.get(place);
        if (known === undefined && isLocal(place) && !isLocal(referrer.url)) {
          const message = `${place} is a local file, and a remote document may not refer to one.`;
          throw new ConfigurationError('DESCRIPTOR_UNAVAILABLE', message);
        }
        register(known ?? (await loadDocument(place, source, findings)), name);
      });
    }
    return documents;
  }

  /** The site of the descriptor's own root. */
  get rootSite(): Site {
    return { document: this.root, base: this.root.base, pointer: '' };
  }

  /** The documents, the descriptor's own first. */
  all(): LoadedDocument[] {
    return [...new Set(this.#loaded.values())];
  }

  /** What a reference names, one hop; undefined when it is dangling. */
  resolve(ref: string, from: Site): Located | undefined {
    const key = `${from.base}\n${ref}`;
    if (this.#resolved.has(key)) return this.#resolved.get(key);
    const found = this.#resolve(ref, from);
    this.#resolved.set(key, found);
    return found;
  }

  /** What a reference finally names, through all others; undefined, without a warning, when there is nothing. */
  final(ref: string, from: Site): Located | undefined {
    let found = this.resolve(ref, from);
    for (const circle = new Circle(); found !== undefined && !circle.closes(found.value); ) {
      if (!isRawObject(found.value) || typeof found.value.$ref !== 'string') return found;
      found = this.resolve(found.value.$ref, found.site);
    }
    return undefined;
  }

  /**
   * Follows a chain of references until a value that is none. A dangling or endless one gives undefined and a warning.
   *
   * @param operation named in the warning
   */
  follow(located: Located, operation?: string): Located | undefined {
    let { value, site } = located;
    for (const circle = new Circle(); isRawObject(value) && typeof value.$ref === 'string'; ) {
      const endless = circle.closes(value);
      const next = endless ? undefined : this.resolve(value.$ref, site);
      if (next === undefined) {
        this.warnDangling(value.$ref, site, endless, operation);
        return undefined;
      }
      ({ value, site } = next);
    }
    return { value, site };
  }

  warnDangling(ref: string, site: Site, endless: boolean, operation?: string): void {
    const message = endless
      ? `The reference "${ref}" leads back to itself; what it stands for is unknown.`
      : `The reference "${ref}" leads nowhere; what it stands for is unknown. Correct it in the document.`;
    const where = { location: locationOf(site), ...(operation === undefined ? {} : { operation }) };
    this.findings.warn(endless ? 'REFERENCE_ENDLESS' : 'REFERENCE_DANGLING', message, where);
  }

  /** Lets dangling references be tried again, after another document was loaded. */
  forgetDangling(): void {
    for (const [key, found] of this.#resolved) if (found === undefined) this.#resolved.delete(key);
  }

  #resolve(ref: string, from: Site): Located | undefined {
    if (!URL.canParse(ref, from.base)) return undefined;
    const absolute = ref.startsWith('#') ? from.base + ref : new URL(ref, from.base).href;
    const target = withoutFragment(absolute);
    const fragment = decodeFragment(absolute.slice(target.length + 1));
    const holder = this.#holder(target);
    if (holder === undefined) return /^[\w-]+$/.test(ref) ? this.#byBareName(from.document, ref) : undefined;
    const { document, pointer: start } = holder;
    if (fragment !== '' && !fragment.startsWith('/')) {
      const anchored = document.identifiers.byAnchor.get(`${target}#${fragment}`);
      return anchored === undefined ? this.#byBareName(document, fragment) : this.#at(document, anchored, target);
    }
    return (
      this.#at(document, start + fragment, target) ??
      // A document whose schemas carry an `$id` often refers to its own root all the same.
      (start === '' && from.document === document ? undefined : this.#at(from.document, fragment, from.document.base))
    );
  }

  /** `#Contact` for `#/components/schemas/Contact`: not by the book, and met in the field. */
  #byBareName(document: LoadedDocument, name: string): Located | undefined {
    return (
      this.#at(document, `/components/schemas/${name}`, document.base) ??
      this.#at(document, `/definitions/${name}`, document.base) ??
      this.#at(document, `/${name}`, document.base)
    );
  }

  #holder(url: string): { document: LoadedDocument; pointer: string } | undefined {
    const document = this.#loaded.get(url);
    if (document) return { document, pointer: '' };
    for (const candidate of this.#loaded.values()) {
      const pointer = candidate.identifiers.byId.get(url);
      if (pointer !== undefined) return { document: candidate, pointer };
    }
    return undefined;
  }

  #at(document: LoadedDocument, pointer: string, base: string): Located | undefined {
    const value = valueAt(document.root, pointer);
    return value === undefined ? undefined : { value, site: { document, base, pointer } };
  }
}

const ACCEPT = 'application/json, application/yaml;q=0.9, text/yaml;q=0.9, */*;q=0.5';
/** `file.yaml#/paths/~1contacts`, for a diagnostic. */
export function locationOf(site: Site): string {
  return `${displayLocation(site.document.url)}#${site.pointer}`;
}

async function loadDocument(url: string, source: Source, findings: Findings): Promise<LoadedDocument> {
  const read = await source.read(url);
  const shown = displayLocation(read.url);
  const text = decodeText(read.bytes, shown, findings);
  const finalUrl = withoutFragment(read.url);
  const root = parseText(text, shown, findings);
  const base = baseOf(root, finalUrl);
  const identifiers = identifiersOf(root, base, text);
  return { url: finalUrl, base, root, identifiers, refersOutside: refersOutside(text) };
}

function baseOf(root: unknown, url: string): string {
  const self = isRawObject(root) && root.openapi !== undefined ? root.$self : undefined;
  return typeof self === 'string' && URL.canParse(self, url) ? withoutFragment(new URL(self, url).href) : url;
}

/** Whether some `$ref` in the text does not start with `#`. */
function refersOutside(text: string): boolean {
  for (let at = text.indexOf('$ref'); at !== -1; at = text.indexOf('$ref', at + 4)) {
    OUTSIDE.lastIndex = at + 4;
    if (OUTSIDE.test(text)) return true;
  }
  return false;
}

const OUTSIDE = /["']?\s*:\s*(["'][^#]|[^"'#\s{[])/y;
