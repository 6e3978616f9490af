import type { JsonSchema, JsonSchemaObject, TypeMap } from '../../../config/model/json-schema.js';
import { typeReference } from '../../../config/model/json-schema.js';
import { pascalCase, UniqueNames } from '../../../config/model/names.js';
import { attributeOf, childElements, type QName, type XmlElement } from '../../xml/index.js';
import { isEncodingNamespace, ns } from '../namespaces.js';
import type { ComplexPlan, ElementItem, Translated, TypeUse } from '../plan.js';
import { XML_PLAN } from '../plan.js';
import { attributeProperties } from './attributes.js';
import { contentOf } from './content.js';
import { documentation } from './documentation.js';
import { ElementReader, type TypeSource } from './elements.js';
import { encodedArray } from './encoded-array.js';
import { type Owner, ownerOf } from './owner.js';
import { isGroup, ParticleReader } from './particles.js';
import { PropertyNames, special } from './property-names.js';
import { type Component, type SchemaContext, type SchemaSet, schemaName } from './schema-set.js';
import { type Missing, ShapeReader } from './shapes.js';
import { builtinType, type SimpleType, SimpleTypes } from './simple-types.js';

const anything: Translated = { schema: true, type: { kind: 'anything' } };

/**
 * Translates XML Schema into JSON Schema with the plan of how the values are written. Complex types become named types, so that they
 * may refer to one another in circles; a name is given when a type is first referred to, and the type is read later.
 */
export class Translator implements TypeSource {
  readonly #set: SchemaSet;
  readonly #simpleTypes: SimpleTypes;
  readonly #shapes: ShapeReader;
  readonly #particles: ParticleReader;
  readonly #elements: ElementReader;
  readonly #names = new UniqueNames();
  readonly #types: TypeMap = {};
  /** The name of each complex type that is referred to, and of each enumeration. */
  readonly #named = new Map<XmlElement, string>();
  readonly #pending: Pending[] = [];
  /** Type → the union of it with those derived from it. */
  readonly #families = new Map<XmlElement, string>();
  readonly #uses = new Map<XmlElement, Translated>();
  readonly #derived = new Map<XmlElement, readonly string[]>();
  /** Types being looked into as lists, to end circles. */
  readonly #unwrapping = new Set<XmlElement>();

  /**
   * @param missing told of each name that is referred to and not defined
   * @param tooMany told when groups expand without measure, and what is beyond is left out
   */
  constructor(set: SchemaSet, missing: Missing, tooMany: (context: SchemaContext) => void) {
    this.#set = set;
    this.#simpleTypes = new SimpleTypes(set);
    this.#elements = new ElementReader(set, this.#simpleTypes, this, missing);
    this.#particles = new ParticleReader(
      set,
      (element, context, names) => this.#elements.read(element, context, names),
      tooMany,
    );
    this.#shapes = new ShapeReader(set, this.#simpleTypes, this.#particles, missing);
  }

  /** All types that were referred to, read. */
  types(): TypeMap {
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) this.#define(next);
    return this.#types;
  }

  /** A top-level element; undefined when there is none of that name. */
  globalElement(name: QName): { readonly item: ElementItem; readonly schema: JsonSchema } | undefined {
    const component = this.#set.find('element', name);
    if (component === undefined) return undefined;
    const { schema, type } = this.#elements.type(component.element, component.context, component.name.name);
    const nillable = attributeOf(component.element, 'nillable') === 'true';
    const item: ElementItem = {
      kind: 'element',
      property: name.name,
      ...component.name,
      type,
      ...(nillable ? { nillable } : {}),
    };
    return { item, schema };
  }

  /** The content of a top-level element's own type, read in place: for a message whose inputs are that content. */
  globalContent(name: QName): { readonly plan: ComplexPlan; readonly schema: JsonSchemaObject } | undefined {
    const component = this.#set.find('element', name);
    const type = component === undefined ? undefined : this.#complexTypeOf(component.element, component.context);
    return type === undefined ? undefined : this.#complex(type.element, type.context);
  }

  /** A named type; undefined when there is none of that name. */
  namedType(name: QName, context?: SchemaContext): Translated | undefined {
    if (name.namespace === ns.xsd && (name.name === 'anyType' || name.name === 'ur-type')) return anything;
    const builtin = builtinType(name);
    if (builtin !== undefined) return this.#simple(builtin, name);
    if (isEncodingNamespace(name.namespace)) {
      const array: TypeUse = {
        kind: 'array',
        member: { kind: 'anything' },
        memberName: { namespace: ns.xsd, name: 'anyType' },
      };
      return name.name === 'Array' ? { schema: { type: 'array' }, type: array } : anything;
    }
    const component = this.#set.find('type', name, context);
    if (component === undefined) return undefined;
    if (component.element.name === 'simpleType') {
      const simple = this.#simpleTypes.of(component.element, component.context, component);
      return this.#simple(simple, component.name, component);
    }
    return this.use(component.element, ownerOf(component));
  }

  #simple({ schema, simple, enumerated }: SimpleType, name: QName, component?: Component): Translated {
    const type: TypeUse = { kind: 'simple', simple, name };
    if (component === undefined || enumerated !== true) return { schema, type };
    const known = this.#named.get(component.element) ?? this.#names.take(pascalCase(name.name));
    this.#named.set(component.element, known);
    const description = documentation(component.element);
    this.#types[known] = { ...schema, ...(description === undefined ? {} : { description }) };
    return { schema: typeReference(known), type };
  }

  /** How an element of a complex type is used: as a list where the type is nothing else, by name otherwise. */
  use(element: XmlElement, owner: Owner): Translated {
    const known = this.#uses.get(element);
    if (known !== undefined) return known;
    const use = this.#makeUse(element, owner);
    // Inside of what is being looked into as a list it may be a reference that ends a circle.
    if (this.#unwrapping.size === 0) this.#uses.set(element, use);
    return use;
  }

  #makeUse(element: XmlElement, owner: Owner): Translated {
    const array = encodedArray(element, owner.context, (name) => this.namedType(name, owner.context) ?? anything);
    if (array !== undefined) return array;
    return this.#wrapped(element, owner) ?? this.#reference(element, owner);
  }

  #reference(element: XmlElement, owner: Owner): Translated {
    const type = this.#nameOf(element, owner);
    const derived = this.#derivedFrom(owner);
    // An abstract type is the union of those derived from it, under its own name.
    const name = derived.length === 0 || isAbstract(owner) ? type : this.#family(type, owner, derived);
    return { schema: typeReference(name), type: { kind: 'named', type } };
  }

  /** The union of a type that has values of its own with those derived from it. */
  #family(type: string, owner: Owner, derived: readonly string[]): string {
    const key = owner.familyOf;
    const known = this.#families.get(key);
    if (known !== undefined) return known;
    const name = this.#names.take(`Any${type}`);
    this.#families.set(key, name);
    this.#types[name] = { anyOf: [typeReference(type), ...derived.map(tagged)] };
    return name;
  }

  /** Names of the concrete complex types derived from a named one. */
  #derivedFrom({ name, familyOf }: Owner): readonly string[] {
    if (name === undefined) return [];
    const known = this.#derived.get(familyOf);
    if (known !== undefined) return known;
    const derived = this.#set
      .derivedFrom(name)
      .filter(({ element }) => element.name === 'complexType' && attributeOf(element, 'abstract') !== 'true')
      .map((component) => this.#nameOf(component.element, ownerOf(component)));
    this.#derived.set(familyOf, derived);
    return derived;
  }

  #nameOf(element: XmlElement, owner: Owner): string {
    const known = this.#named.get(element);
    if (known !== undefined) return known;
    const name = this.#names.take(pascalCase(owner.label));
    this.#named.set(element, name);
    this.#pending.push({ name, element, component: owner });
    return name;
  }

  #define({ name, element, component }: Pending): void {
    const { plan, schema } = this.#complex(element, component.context, component);
    const derived = this.#derivedFrom(component);
    const description = documentation(element);
    const isMember = component.isDerived;
    const isUnion = derived.length > 0 && isAbstract(component);
    this.#types[name] = {
      ...(isUnion
        ? { anyOf: derived.map(tagged) }
        : isMember
          ? { ...schema, properties: { [special.type]: { const: name }, ...schema.properties } }
          : schema),
      ...(description === undefined ? {} : { description }),
      [XML_PLAN]: derived.length === 0 ? plan : { ...plan, derived },
    };
  }

  /** A type that is nothing but a list of one element is that list. */
  #wrapped(element: XmlElement, owner: Owner): Translated | undefined {
    if (owner.isDerived || this.#unwrapping.has(element) || this.#derivedFrom(owner).length > 0) return undefined;
    if (attributeOf(element, 'mixed') === 'true' || attributeOf(element, 'abstract') === 'true') return undefined;
    const children = childElements(element, ns.xsd).filter(({ name }) => name !== 'annotation');
    const [group] = children;
    if (children.length !== 1 || group === undefined || !isGroup(group)) return undefined;
    this.#unwrapping.add(element);
    try {
      const [only, ...more] = this.#particles.read(group, owner.context, new PropertyNames());
      if (only?.item.kind !== 'element' || more.length > 0 || only.item.list !== true) return undefined;
      return { schema: only.properties.get(only.item.property) ?? true, type: { kind: 'wrapped', item: only.item } };
    } finally {
      this.#unwrapping.delete(element);
    }
  }

  #complex(
    element: XmlElement,
    context: SchemaContext,
    owner?: Owner,
  ): { plan: ComplexPlan; schema: JsonSchemaObject } {
    const shape = this.#shapes.read(element, context, owner?.component, 0);
    const { plans, properties, required } = attributeProperties(shape.attributes, shape.names, ({ schema }) => schema);
    const isOpen = shape.attributes.open;
    const { content, schema } = contentOf(shape);
    const plan: ComplexPlan = {
      kind: 'complex',
      ...(owner?.name === undefined ? {} : { name: owner.name }),
      ...(attributeOf(element, 'abstract') === 'true' ? { abstract: true } : {}),
      attributes: plans,
      ...(isOpen ? { anyAttribute: special.attributes } : {}),
      content,
    };
    const all = [...(schema.required ?? []), ...required];
    return {
      plan,
      schema: {
        ...schema,
        properties: {
          ...schema.properties,
          ...Object.fromEntries(properties),
          ...(isOpen ? { [special.attributes]: { type: 'object', additionalProperties: { type: 'string' } } } : {}),
        },
        ...(all.length > 0 ? { required: all } : {}),
      },
    };
  }

  /** The complex type of an element, named or inside it. */
  #complexTypeOf(
    declaration: XmlElement,
    context: SchemaContext,
  ): { element: XmlElement; context: SchemaContext } | undefined {
    const inline = childElements(declaration, ns.xsd, 'complexType')[0];
    if (inline !== undefined) return { element: inline, context };
    const name = schemaName(attributeOf(declaration, 'type') ?? '', declaration, context);
    const component = name === undefined ? undefined : this.#set.find('type', name, context);
    return component?.element.name === 'complexType' ? component : undefined;
  }
}

const isAbstract = ({ familyOf }: Owner): boolean => attributeOf(familyOf, 'abstract') === 'true';

/** A derived type, with its name in `$type`. */
const tagged = (member: string): JsonSchemaObject => ({
  allOf: [
    typeReference(member),
    { type: 'object', properties: { [special.type]: { const: member } }, required: [special.type] },
  ],
});

/** A type that has its name and is read later. */
interface Pending {
  readonly name: string;
  readonly element: XmlElement;
  readonly component: Owner;
}
