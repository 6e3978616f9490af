import { attributeOf, childElements, clark, type QName, type XmlElement } from '../../xml/index.js';
import { isEncodingNamespace, ns } from '../namespaces.js';
import { AttributeReader, type Attributes } from './attributes.js';
import type { Shape } from './content.js';
import { isGroup, type ParticleReader } from './particles.js';
import { PropertyNames } from './property-names.js';
import { type Component, type SchemaContext, type SchemaSet, schemaName } from './schema-set.js';
import { builtinType, type SimpleType, type SimpleTypes } from './simple-types.js';

/** Told of each name that is referred to and not defined. */
export type Missing = (kind: string, name: QName, context: SchemaContext) => void;

/** Derivation steps followed; more are a circle. */
const MAX_DERIVATION = 60;

/** Reads complex types with what they inherit (Part 1 §3.4.2). */
export class ShapeReader {
  readonly #set: SchemaSet;
  readonly #simpleTypes: SimpleTypes;
  readonly #attributes: AttributeReader;
  readonly #particles: ParticleReader;
  readonly #missing: Missing;

  constructor(set: SchemaSet, simpleTypes: SimpleTypes, particles: ParticleReader, missing: Missing) {
    this.#set = set;
    this.#simpleTypes = simpleTypes;
    this.#attributes = new AttributeReader(set, simpleTypes);
    this.#particles = particles;
    this.#missing = missing;
  }

  /** Content and attributes of a complex type, those of its base included (Part 1 §3.4.2). */
  read(element: XmlElement, context: SchemaContext, component: Component | undefined, depth: number): Shape {
    const children = childElements(element, ns.xsd);
    const wrapper = children.find(({ name }) => name === 'complexContent' || name === 'simpleContent');
    const mixed =
      attributeOf(element, 'mixed') === 'true' || (wrapper !== undefined && attributeOf(wrapper, 'mixed') === 'true');
    const derivation =
      wrapper === undefined
        ? undefined
        : childElements(wrapper, ns.xsd).find(({ name }) => name === 'extension' || name === 'restriction');
    if (derivation === undefined || depth > MAX_DERIVATION) {
      return this.#extended(element, context, { particles: [], names: new PropertyNames(), attributes: none(), mixed });
    }
    const base = this.#base(derivation, context, component, depth);
    const isExtension = derivation.name === 'extension';
    if (wrapper?.name === 'simpleContent') {
      const inherited = base.text ?? this.#simpleBase(derivation, context);
      const text = isExtension ? inherited : this.#simpleTypes.restricted(derivation, inherited);
      return this.#extended(derivation, context, { ...base, text, mixed: false });
    }
    const from: Shape = isExtension
      ? { ...base, mixed: base.mixed || mixed }
      : { particles: [], names: new PropertyNames(), attributes: base.attributes, mixed };
    return this.#extended(derivation, context, from);
  }

  #base(derivation: XmlElement, context: SchemaContext, component: Component | undefined, depth: number): Shape {
    const empty = (): Shape => ({ particles: [], names: new PropertyNames(), attributes: none(), mixed: false });
    const name = schemaName(attributeOf(derivation, 'base') ?? '', derivation, context);
    if (name === undefined || name.namespace === ns.xsd || isEncodingNamespace(name.namespace)) return empty();
    const isOwn = component?.original !== undefined && clark(name) === clark(component.original.name);
    const base = isOwn ? component.original : this.#set.find('type', name, context);
    if (base === undefined) {
      this.#missing('type', name, context);
      return empty();
    }
    if (base.element.name === 'simpleType')
      return { ...empty(), text: this.#simpleTypes.of(base.element, base.context, base) };
    return this.read(base.element, base.context, base, depth + 1);
  }

  #simpleBase(derivation: XmlElement, context: SchemaContext): SimpleType {
    const name = schemaName(attributeOf(derivation, 'base') ?? '', derivation, context);
    const inline = childElements(derivation, ns.xsd, 'simpleType')[0];
    if (inline !== undefined) return this.#simpleTypes.of(inline, context);
    const type = name === undefined ? undefined : this.#simpleTypes.named(name, context);
    return type ?? (builtinType({ namespace: ns.xsd, name: 'string' }) as SimpleType);
  }

  #extended(parent: XmlElement, context: SchemaContext, from: Shape): Shape {
    const { names } = from;
    const groups = childElements(parent, ns.xsd).filter(isGroup);
    const particles = groups.flatMap((group) => this.#particles.read(group, context, names));
    const attributes: Attributes = { uses: new Map(from.attributes.uses), open: from.attributes.open };
    this.#attributes.read(parent, context, attributes);
    return { ...from, particles: [...from.particles, ...particles], names, attributes };
  }
}

const none = (): Attributes => ({ uses: new Map(), open: false });
