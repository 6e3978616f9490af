import {
  attributeOf,
  childElements,
  firstChild,
  writeContent,
  type XmlElement,
  XmlSyntaxError,
} from '../../xml/index.js';
import { ns } from '../namespaces.js';
import type { Attachment } from './multipart.js';
import type { MessageScope } from './read-value.js';

/** A message that was received. */
export interface Envelope extends MessageScope {
  readonly header: XmlElement | undefined;
  readonly body: XmlElement;
  /** Whether an element is there only for others to refer to (SOAP 1.1 §5.4.1). */
  isReferenced(element: XmlElement): boolean;
  /** The body's content, as XML. */
  xml(): string;
  /** What came beside the envelope, by content ID. */
  readonly attachments: ReadonlyMap<string, Attachment>;
}

/** References followed from one to the next. */
const MAX_HOPS = 20;

/**
 * @param attachments by content ID
 * @throws XmlSyntaxError when the root is no envelope, or has no body
 */
export function readEnvelope(root: XmlElement, attachments: ReadonlyMap<string, Attachment> = new Map()): Envelope {
  const isEnvelope = root.name === 'Envelope' && (root.namespace === ns.soap11 || root.namespace === ns.soap12);
  if (!isEnvelope) throw new XmlSyntaxError(`its root is <${root.name.slice(0, 60)}>, not a SOAP envelope`);
  const body = firstChild(root, root.namespace, 'Body');
  if (body === undefined) throw new XmlSyntaxError('the envelope has no body');
  const targets = referenced(body);
  return {
    header: firstChild(root, root.namespace, 'Header'),
    body,
    attachments,
    xml: () => writeContent(body),
    isReferenced: (element) =>
      targets.size > 0 &&
      attributeOf(element, 'id') !== undefined &&
      attributeOf(element, 'root', ns.encoding11) !== '1' &&
      targets.get(attributeOf(element, 'id') ?? '') === element &&
      childElements(body)[0] !== element,
    target(element) {
      let current = element;
      for (let hops = 0; targets.size > 0 && hops < MAX_HOPS; hops++) {
        const href = referenceOf(current);
        const next = href === undefined ? undefined : targets.get(href);
        if (next === undefined) break;
        current = next;
      }
      return current;
    },
    attachment(element) {
      const include = firstChild(element, ns.xop, 'Include');
      const href = include === undefined ? attributeOf(element, 'href') : attributeOf(include, 'href');
      if (href?.startsWith('cid:') !== true) return undefined;
      return attachments.get(decoded(href.slice(4)))?.content;
    },
  };
}

export const bodyOf = ({ body }: Pick<Envelope, 'body'>): XmlElement[] => childElements(body);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `href="#id"` (SOAP 1.1 §5.4.1), `enc:ref="id"` (SOAP 1.2 Part 2 §3.1.5). */
function referenceOf(element: XmlElement): string | undefined {
  if (element.attributes.length === 0) return undefined;
  const href = attributeOf(element, 'href');
  if (href?.startsWith('#') === true) return href.slice(1);
  return attributeOf(element, 'ref', ns.encoding12);
}

/** Elements with an identifier, where any reference is there at all. */
function referenced(body: XmlElement): ReadonlyMap<string, XmlElement> {
  const targets = new Map<string, XmlElement>();
  let refers = false;
  const pending: XmlElement[] = [body];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.attributes.length > 0) {
      const id = attributeOf(next, 'id') ?? attributeOf(next, 'id', ns.encoding12);
      if (id !== undefined) targets.set(id, next);
      refers ||= referenceOf(next) !== undefined;
    }
    for (const child of next.content) if (typeof child !== 'string') pending.push(child);
  }
  return refers ? targets : new Map();
}
