import { UpstreamError } from '../../../config/model/errors.js';
import { attributeOf, childElements, type XmlElement } from '../../xml/index.js';
import { ns } from '../namespaces.js';
import type { Compiled } from './compile.js';
import { bodyOf, type Envelope } from './message.js';

/** Namespaces whose header blocks say nothing that a caller must act on, or that this product acts on. */
const known: ReadonlySet<string> = new Set([ns.wsse, ns.addressing, ns.addressing2004]);

/** Roles that the last receiver plays (SOAP 1.1 §4.2.2, SOAP 1.2 Part 1 §2.2). */
const mine: ReadonlySet<string> = new Set([
  '',
  'http://schemas.xmlsoap.org/soap/actor/next',
  `${ns.soap12}/role/next`,
  `${ns.soap12}/role/ultimateReceiver`,
]);

/**
 * Refuses a message that only a receiver with abilities that are not here may read: one that is encrypted, or with a header block that
 * must be understood and is not (SOAP 1.1 §4.2.3, SOAP 1.2 Part 1 §2.4).
 *
 * @throws UpstreamError UPSTREAM_UNREADABLE
 */
export function checkUnderstood(message: Envelope, compiled: Compiled, what: string): void {
  const [first] = bodyOf(message);
  if (first?.namespace === ns.xenc) {
    const reason = 'is encrypted within the message; have the service rely on TLS for that';
    throw new UpstreamError('UPSTREAM_UNREADABLE', `${what}: the answer ${reason}.`);
  }
  if (message.header === undefined) return;
  for (const block of childElements(message.header)) {
    if (!mustUnderstand(block) || known.has(block.namespace) || isDeclared(block, compiled)) continue;
    const name = `{${block.namespace}}${block.name}`.slice(0, 200);
    throw new UpstreamError(
      'UPSTREAM_UNREADABLE',
      `${what}: the answer demands that its header ${name} be understood, which the description does not declare.`,
    );
  }
}

function mustUnderstand(block: XmlElement): boolean {
  for (const namespace of [ns.soap11, ns.soap12]) {
    const value = attributeOf(block, 'mustUnderstand', namespace)?.trim();
    if (value !== '1' && value !== 'true') continue;
    return mine.has((attributeOf(block, 'actor', namespace) ?? attributeOf(block, 'role', namespace) ?? '').trim());
  }
  return false;
}

const isDeclared = ({ name, namespace }: XmlElement, { headers }: Compiled): boolean =>
  headers.some(([item]) => item.name === name && item.namespace === namespace);
