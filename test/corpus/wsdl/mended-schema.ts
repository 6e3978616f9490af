import { attributeOf, childElements, resolveQName, type XmlElement } from '../../../brokers/xml/index.js';
import { encodedArray, XSD } from './encoding-schema.js';

/** Attributes that a complex type may have (XML Schema Part 1 §3.4.2). */
const ofComplexType: ReadonlySet<string> = new Set(['abstract', 'block', 'final', 'id', 'mixed', 'name']);

/** Clark names of elements, by the head that they substitute. */
export type Substitutes = ReadonlyMap<string, ReadonlySet<string>>;

export function substitutesOf(
  schemas: readonly { readonly element: XmlElement; readonly targetNamespace: string }[],
): Substitutes {
  const substitutes = new Map<string, Set<string>>();
  for (const { element: schema, targetNamespace } of schemas) {
    for (const element of childElements(schema, XSD, 'element')) {
      const head = clarkOf(element, 'substitutionGroup');
      const name = attributeOf(element, 'name');
      if (head === undefined || name === undefined) continue;
      substitutes.set(head, (substitutes.get(head) ?? new Set()).add(`{${targetNamespace}}${name}`));
    }
  }
  return substitutes;
}

/**
 * A schema as a validator takes it, where real ones break rules of XML Schema that change nothing of what is valid: attributes that a
 * complex type must not have; `a*, b*, head*` where a and b are of head's substitution group, which is `head*` and not deterministic;
 * arrays of the SOAP encoding, whose members' type stands in an attribute that no validator of schemas knows.
 */
export function mended(element: XmlElement, substitutes: Substitutes): XmlElement {
  const content = element.content.map((child) => (typeof child === 'string' ? child : mended(child, substitutes)));
  if (element.namespace !== XSD) return { ...element, content };
  if (element.name === 'complexType') {
    const array = encodedArray(element);
    if (array !== undefined) return { ...element, content: [array] };
    const attributes = element.attributes.filter(
      ({ name, namespace }) => namespace !== '' || ofComplexType.has(name) || name === 'xmlns',
    );
    return { ...element, attributes, content };
  }
  if (element.name !== 'sequence') return { ...element, content };
  return { ...element, content: withoutSubstitutes(content, substitutes) };
}

function withoutSubstitutes(content: readonly (XmlElement | string)[], substitutes: Substitutes) {
  const particles = content.filter((child): child is XmlElement => typeof child !== 'string');
  const dropped = new Set<XmlElement>();
  particles.forEach((particle, index) => {
    const members = isAnyNumber(particle) ? substitutes.get(clarkOf(particle, 'ref') ?? '') : undefined;
    if (members === undefined) return;
    for (let at = index - 1; at >= 0; at--) {
      const before = particles[at];
      if (before === undefined || !isAnyNumber(before) || !members.has(clarkOf(before, 'ref') ?? '')) break;
      dropped.add(before);
    }
  });
  return content.filter((child) => typeof child === 'string' || !dropped.has(child));
}

const isAnyNumber = (particle: XmlElement): boolean =>
  particle.name === 'element' &&
  attributeOf(particle, 'minOccurs') === '0' &&
  attributeOf(particle, 'maxOccurs') === 'unbounded';

function clarkOf(element: XmlElement, attribute: string): string | undefined {
  const written = attributeOf(element, attribute);
  const name = written === undefined ? undefined : resolveQName(written, element.scope);
  return name === undefined ? undefined : `{${name.namespace}}${name.name}`;
}
