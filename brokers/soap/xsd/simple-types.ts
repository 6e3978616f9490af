import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import { attributeOf, childElements, type QName, type XmlElement } from '../../xml/index.js';
import { isEncodingNamespace, ns } from '../namespaces.js';
import type { Simple } from '../plan.js';
import { type BuiltinName, builtinLists, builtins, isBuiltin } from './builtins.js';
import { narrowed } from './facets.js';
import { type Component, type SchemaContext, type SchemaSet, schemaName } from './schema-set.js';

/** A simple type: its values as JSON, and how they are written. */
export interface SimpleType {
  readonly schema: JsonSchemaObject;
  readonly simple: Simple;
  /** A list of values is an enumeration: worth a name of its own. */
  readonly enumerated?: boolean;
}

const anySimple: SimpleType = { schema: builtins.anySimpleType, simple: { builtin: 'anySimpleType' } };

/** The built-in type of a name, also by its name in SOAP's encoding, where each has a twin (SOAP 1.1 §5.2.1). */
export function builtinType({ namespace, name }: QName): SimpleType | undefined {
  if (namespace !== ns.xsd && !isEncodingNamespace(namespace)) return undefined;
  if (name === 'base64') return { schema: builtins.base64Binary, simple: { builtin: 'base64Binary' } };
  if (isBuiltin(name)) return { schema: builtins[name], simple: { builtin: name } };
  const item = Object.hasOwn(builtinLists, name) ? builtinLists[name] : undefined;
  if (item !== undefined)
    return { schema: { type: 'array', items: builtins[item], minItems: 1 }, simple: { list: { builtin: item } } };
  return name === 'anyAtomicType' || name === 'untypedAtomic' ? anySimple : undefined;
}

/** Reads simple types (Part 2 §4.1.2). A circle among them, or a base that is missing, is any simple value. */
export class SimpleTypes {
  readonly #set: SchemaSet;
  readonly #read = new Map<XmlElement, SimpleType>();

  constructor(set: SchemaSet) {
    this.#set = set;
  }

  /** The simple type of a name; undefined when there is none, or it is complex. */
  named(name: QName, from: SchemaContext): SimpleType | undefined {
    const builtin = builtinType(name);
    if (builtin !== undefined) return builtin;
    const component = this.#set.find('type', name, from);
    return component?.element.name === 'simpleType'
      ? this.of(component.element, component.context, component)
      : undefined;
  }

  /** The type of an `xs:simpleType` element. */
  of(element: XmlElement, context: SchemaContext, component?: Component): SimpleType {
    const known = this.#read.get(element);
    if (known !== undefined) return known;
    this.#read.set(element, anySimple);
    const type = this.#make(element, context, component);
    this.#read.set(element, type);
    return type;
  }

  /** The type that a restriction of a simple type, or of simple content, leaves. */
  restricted(restriction: XmlElement, base: SimpleType): SimpleType {
    return narrowed(base, childElements(restriction, ns.xsd));
  }

  #make(element: XmlElement, context: SchemaContext, component: Component | undefined): SimpleType {
    const [derivation] = childElements(element, ns.xsd).filter(({ name }) => name !== 'annotation');
    switch (derivation?.name) {
      case 'restriction':
        return this.restricted(derivation, this.#base(derivation, context, component));
      case 'list': {
        const item = this.#member(derivation, 'itemType', context)[0] ?? anySimple;
        return { schema: { type: 'array', items: item.schema }, simple: { list: item.simple } };
      }
      case 'union': {
        const members = this.#member(derivation, 'memberTypes', context);
        if (members.length === 0) return anySimple;
        return {
          schema: { anyOf: members.map(({ schema }) => schema) },
          simple: { union: members.map(({ simple }) => simple) },
        };
      }
      default:
        return anySimple;
    }
  }

  #base(restriction: XmlElement, context: SchemaContext, component: Component | undefined): SimpleType {
    const inline = childElements(restriction, ns.xsd, 'simpleType')[0];
    if (inline !== undefined) return this.of(inline, context);
    const name = schemaName(attributeOf(restriction, 'base') ?? '', restriction, context);
    if (name === undefined) return anySimple;
    const { original } = component ?? {};
    const isOwn =
      original !== undefined && name.name === original.name.name && name.namespace === original.name.namespace;
    if (isOwn) return this.of(original.element, original.context, original);
    return this.named(name, context) ?? anySimple;
  }

  /** The types that an attribute names, then those inside. */
  #member(derivation: XmlElement, attribute: string, context: SchemaContext): SimpleType[] {
    const names = (attributeOf(derivation, attribute) ?? '').split(/\s+/).filter((name) => name !== '');
    const named = names.map((text) => {
      const name = schemaName(text, derivation, context);
      return (name === undefined ? undefined : this.named(name, context)) ?? anySimple;
    });
    const inside = childElements(derivation, ns.xsd, 'simpleType').map((element) => this.of(element, context));
    return [...named, ...inside];
  }
}

/** The built-in type that a simple type is at bottom; undefined for a list or union. */
export const builtinOf = (simple: Simple): BuiltinName | undefined =>
  'builtin' in simple ? simple.builtin : undefined;
