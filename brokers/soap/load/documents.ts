import { ConfigurationError, isSmartwrightError } from '../../../config/model/errors.js';
import type { BrokerContext } from '../../broker.js';
import { displayLocation, type Findings, isLocal, Source } from '../../source/index.js';
import { attributeOf, childElements, parseXmlBytes, textOf, type XmlElement, XmlSyntaxError } from '../../xml/index.js';
import { ns } from '../namespaces.js';
import { isCatalogued } from './catalogue/index.js';

/** Documents that one description may have. */
const MOST_DOCUMENTS = 2_000;
/** Documents read at the same time. */
const AT_ONCE = 8;

const ACCEPT = 'text/xml, application/wsdl+xml, application/xml;q=0.9, */*;q=0.5';

/** One schema, as the documents have it. */
export interface LoadedSchema {
  /** The `xs:schema` element. */
  readonly element: XmlElement;
  /** The namespace that it defines: its own, or that of the schema which includes it (Part 1 §4.2.1). */
  readonly targetNamespace: string;
  readonly url: string;
  /** The `xs:redefine` elements through which this schema was included; their components stand before its own. */
  readonly redefinedBy: readonly XmlElement[];
}

export interface LoadedDefinitions {
  /** The `wsdl:definitions` element. */
  readonly element: XmlElement;
  readonly url: string;
}

/** A WSDL with all that it refers to. */
export interface WsdlDocuments {
  readonly definitions: readonly LoadedDefinitions[];
  readonly schemas: readonly LoadedSchema[];
  /** The URL that the main document came from, after redirects. */
  readonly url: string;
}

/** What a document is read for. */
interface Wanted {
  readonly url: string;
  /** Where it is named, for a finding. */
  readonly from: string;
  readonly as: (root: XmlElement, url: string) => void;
}

/**
 * Loads a WSDL 1.1 description with the documents that it imports and includes, each once; circles are fine. What cannot be had is
 * reported and left out: only what needs it suffers. Schemas of the standards come from a catalogue that is part of the product.
 *
 * @param url as `descriptorUrl` gives it
 * @throws ConfigurationError DESCRIPTOR_UNAVAILABLE, DESCRIPTOR_INVALID, ADDRESS_REFUSED when the main document cannot be used
 * @throws CallerError CANCELLED
 */
export async function loadWsdl(
  url: string,
  context: BrokerContext,
  headers: Readonly<Record<string, string>>,
  findings: Findings,
): Promise<WsdlDocuments> {
  const loader = new Loader(url, new Source(url, context, { accept: ACCEPT, ...headers }), findings);
  return loader.load();
}

class Loader {
  readonly #url: string;
  readonly #source: Source;
  readonly #findings: Findings;
  readonly #definitions: LoadedDefinitions[] = [];
  readonly #schemas: LoadedSchema[] = [];
  readonly #documents = new Map<string, Promise<{ root: XmlElement; url: string } | undefined>>();
  readonly #taken = new Set<string>();
  #pending: Wanted[] = [];
  #base: string;

  constructor(url: string, source: Source, findings: Findings) {
    this.#url = url;
    this.#base = url;
    this.#source = source;
    this.#findings = findings;
  }

  async load(): Promise<WsdlDocuments> {
    const main = await this.#read(this.#url);
    this.#base = main.url;
    this.#documents.set(this.#url, Promise.resolve(main));
    this.#documents.set(main.url, Promise.resolve(main));
    this.#takeMain(main.root, main.url);
    while (this.#pending.length > 0) {
      const batch = this.#pending.splice(0, AT_ONCE);
      const loaded = await Promise.all(batch.map(({ url, from }) => this.#document(url, from)));
      // In the order in which they are named, so that what is found does not depend on which came first.
      loaded.forEach((document, index) => {
        if (document !== undefined) batch[index]?.as(document.root, document.url);
      });
    }
    return { definitions: this.#definitions, schemas: this.#schemas, url: this.#base };
  }

  #takeMain(root: XmlElement, url: string): void {
    if (root.namespace === ns.wsdl && root.name === 'definitions') this.#takeDefinitions(root, url);
    else if (root.namespace === ns.mex && root.name === 'Metadata') this.#takeMetadata(root, url);
    else throw notWsdl(root, url);
  }

  /** WSDL 1.1 §2.1. */
  #takeDefinitions(element: XmlElement, url: string): void {
    if (!this.#first(`definitions ${url} ${element.line}`)) return;
    this.#definitions.push({ element, url });
    for (const child of childElements(element, ns.wsdl)) {
      if (child.name === 'import') this.#importWsdl(child, url);
      if (child.name !== 'types') continue;
      for (const schema of childElements(child, ns.xsd, 'schema')) this.#takeSchema(schema, url, undefined, []);
    }
  }

  /** An import of WSDL names another description, or, against the letter of §2.1.1, a schema. */
  #importWsdl(element: XmlElement, url: string): void {
    this.#want(attributeOf(element, 'location'), url, (root, found) => {
      if (root.namespace === ns.xsd && root.name === 'schema') this.#takeSchema(root, found, undefined, []);
      else if (root.namespace === ns.wsdl && root.name === 'definitions') this.#takeDefinitions(root, found);
      else this.#odd(found, root, 'a WSDL');
    });
  }

  /** WS-MetadataExchange 1.1 §3: sections that hold a document, or say where it is. */
  #takeMetadata(metadata: XmlElement, url: string): void {
    for (const section of childElements(metadata, ns.mex, 'MetadataSection')) {
      for (const child of childElements(section)) {
        if (child.namespace === ns.wsdl && child.name === 'definitions') this.#takeDefinitions(child, url);
        else if (child.namespace === ns.xsd && child.name === 'schema') this.#takeSchema(child, url, undefined, []);
        else if (child.namespace === ns.mex && child.name === 'Location') {
          this.#want(textOf(child).trim(), url, (root, found) => {
            if (root.namespace === ns.xsd) this.#takeSchema(root, found, undefined, []);
            else this.#takeMain(root, found);
          });
        }
      }
    }
  }

  #takeSchema(
    element: XmlElement,
    url: string,
    includer: string | undefined,
    redefinedBy: readonly XmlElement[],
  ): void {
    const own = attributeOf(element, 'targetNamespace');
    const targetNamespace = own ?? includer ?? '';
    if (!this.#first(`schema ${url} ${element.line} ${targetNamespace} ${redefinedBy.length}`)) return;
    this.#schemas.push({ element, targetNamespace, url, redefinedBy });
    for (const child of childElements(element, ns.xsd)) {
      const location = attributeOf(child, 'schemaLocation');
      if (child.name === 'import') this.#importSchema(attributeOf(child, 'namespace') ?? '', location, url);
      else if (child.name === 'include') this.#includeSchema(location, url, targetNamespace, redefinedBy);
      else if (child.name === 'redefine' || child.name === 'override')
        this.#includeSchema(location, url, targetNamespace, [...redefinedBy, child]);
    }
  }

  /** Part 1 §4.2.3. What the product knows by itself is not fetched; without a location it is another schema here. */
  #importSchema(namespace: string, location: string | undefined, url: string): void {
    if (location === undefined || isCatalogued(namespace)) return;
    this.#want(location, url, (root, found) => {
      if (root.namespace === ns.xsd && root.name === 'schema') this.#takeSchema(root, found, undefined, []);
      else if (root.namespace === ns.wsdl && root.name === 'definitions') this.#takeDefinitions(root, found);
      else this.#odd(found, root, 'an XML Schema');
    });
  }

  #includeSchema(
    location: string | undefined,
    url: string,
    targetNamespace: string,
    redefinedBy: readonly XmlElement[],
  ): void {
    this.#want(location, url, (root, found) => {
      if (root.namespace === ns.xsd && root.name === 'schema')
        this.#takeSchema(root, found, targetNamespace, redefinedBy);
      else this.#odd(found, root, 'an XML Schema');
    });
  }

  #want(location: string | undefined, base: string, as: Wanted['as']): void {
    if (location === undefined || location === '') return;
    if (!URL.canParse(location, base)) {
      this.#findings.warn('DOCUMENT_UNAVAILABLE', `"${location}" is no URL; what it should define is missing.`, {
        location: displayLocation(base),
      });
      return;
    }
    const url = new URL(location, base);
    url.hash = '';
    this.#pending.push({ url: url.href, from: base, as });
  }

  #document(url: string, from: string): Promise<{ root: XmlElement; url: string } | undefined> {
    const known = this.#documents.get(url);
    if (known !== undefined) return known;
    if (this.#documents.size >= MOST_DOCUMENTS) {
      this.#findings.warn('DOCUMENT_UNAVAILABLE', `More than ${MOST_DOCUMENTS} documents; the rest is not read.`);
      return Promise.resolve(undefined);
    }
    const reading = this.#readOrReport(url, from);
    this.#documents.set(url, reading);
    return reading;
  }

  async #readOrReport(url: string, from: string): Promise<{ root: XmlElement; url: string } | undefined> {
    try {
      return await this.#read(url);
    } catch (error) {
      if (!isSmartwrightError(error) || error.code === 'CANCELLED') throw error;
      const moved = this.#behindTheSameHost(url);
      if (moved !== undefined) {
        try {
          return await this.#read(moved);
        } catch (second) {
          if (!isSmartwrightError(second) || second.code === 'CANCELLED') throw second;
        }
      }
      this.#findings.warn('DOCUMENT_UNAVAILABLE', `${error.message} What it should define is missing.`, {
        location: displayLocation(from),
      });
      return undefined;
    }
  }

  /** WCF names documents by the host's own name for itself, which may be known inside its network only. */
  #behindTheSameHost(url: string): string | undefined {
    if (isLocal(this.#base) || isLocal(url)) return undefined;
    const [there, here] = [new URL(url), new URL(this.#base)];
    if (there.origin === here.origin) return undefined;
    return new URL(there.pathname + there.search, here.origin).href;
  }

  async #read(url: string): Promise<{ root: XmlElement; url: string }> {
    const read = await this.#source.read(url);
    try {
      const location = displayLocation(read.url);
      const tolerate = (fault: string) =>
        this.#findings.warn('XML_NAMESPACE', `It is not quite XML: ${fault}.`, { location });
      return { root: parseXmlBytes(read.bytes, undefined, tolerate), url: read.url };
    } catch (error) {
      if (!(error instanceof XmlSyntaxError)) throw error;
      throw new ConfigurationError(
        'DESCRIPTOR_INVALID',
        `${displayLocation(read.url)} is not well-formed XML: ${error.message}; expected a WSDL 1.1 document.${hint(read.bytes)}`,
        { cause: error },
      );
    }
  }

  #odd(url: string, root: XmlElement, expected: string): void {
    this.#findings.warn('DOCUMENT_UNAVAILABLE', `Its root is <${root.name}>; expected ${expected}.`, {
      location: displayLocation(url),
    });
  }

  #first(key: string): boolean {
    if (this.#taken.has(key)) return false;
    this.#taken.add(key);
    return true;
  }
}

function hint(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 512)).toString('latin1').trimStart();
  if (/^<!doctype html|^<html/i.test(start))
    return ' It is an HTML page; perhaps the service wants a sign-in, or ?wsdl.';
  if (start.startsWith('{'))
    return ' It looks like JSON; a Swagger or OpenAPI document belongs to the service type rest.';
  return '';
}

function notWsdl(root: XmlElement, url: string): ConfigurationError {
  const shown = displayLocation(url);
  const what =
    root.namespace === ns.wsdl20
      ? 'is WSDL 2.0, which is not read; give its WSDL 1.1 description'
      : root.namespace === ns.xsd
        ? 'is an XML Schema; give the WSDL that uses it'
        : root.name.toLowerCase() === 'html'
          ? 'is an HTML page; perhaps the service wants a sign-in, or ?wsdl'
          : `has the root <${root.name}>`;
  return new ConfigurationError('DESCRIPTOR_INVALID', `${shown} ${what}; expected a WSDL 1.1 document.`);
}
