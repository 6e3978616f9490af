import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import { attributeOf, childElements, clark, type QName, type XmlElement } from '../../xml/index.js';
import { ns } from '../namespaces.js';
import type { ElementItem, Item, Translated } from '../plan.js';
import { annotated } from './attributes.js';
import { orNull } from './content.js';
import { documentation } from './documentation.js';
import { readSimple } from './lexical.js';
import { anonymous, type Owner } from './owner.js';
import { choice, type Occurrence, objectSchema, occurrence, type Particle } from './particles.js';
import { PropertyNames } from './property-names.js';
import { type Component, type SchemaContext, type SchemaSet, schemaName } from './schema-set.js';
import type { Missing } from './shapes.js';
import type { SimpleTypes } from './simple-types.js';

/** Gives types to elements. */
export interface TypeSource {
  /** A named type; undefined when there is none of that name. */
  namedType(name: QName, context?: SchemaContext): Translated | undefined;
  /** How an element of a complex type is used. */
  use(element: XmlElement, owner: Owner): Translated;
}

const anything: Translated = { schema: true, type: { kind: 'anything' } };

/** Reads element declarations (Part 1 §3.3). */
export class ElementReader {
  readonly #set: SchemaSet;
  readonly #simpleTypes: SimpleTypes;
  readonly #types: TypeSource;
  readonly #missing: Missing;

  constructor(set: SchemaSet, simpleTypes: SimpleTypes, types: TypeSource, missing: Missing) {
    this.#set = set;
    this.#simpleTypes = simpleTypes;
    this.#types = types;
    this.#missing = missing;
  }

  /** An element in a content model, with those that may stand for it (Part 1 §3.3). */
  read(use: XmlElement, context: SchemaContext, names: PropertyNames): Particle[] {
    const occurs = occurrence(use);
    if (occurs.never) return [];
    const ref = attributeOf(use, 'ref');
    if (ref === undefined) {
      const name = { namespace: localNamespace(use, context), name: attributeOf(use, 'name')?.trim() ?? '' };
      return name.name === '' ? [] : [this.#particle(use, context, name, occurs, names)];
    }
    const name = schemaName(ref, use, context);
    const component = name === undefined ? undefined : this.#set.find('element', name, context);
    if (name === undefined || component === undefined) {
      if (name !== undefined) this.#missing('element', name, context);
      return [];
    }
    const substitutes = this.#set.substitutesFor(component.name);
    const members = [component, ...substitutes].filter(({ element }) => attributeOf(element, 'abstract') !== 'true');
    if (substitutes.length === 0 || members.length === 1) {
      const only = members[0] ?? component;
      return [this.#particle(only.element, only.context, only.name, occurs, names)];
    }
    return this.#substitutable(members, occurs, names);
  }

  /** A head is one element of several; where it repeats, a list of objects with one property each keeps their order. */
  #substitutable(members: readonly Component[], occurs: Occurrence, names: PropertyNames): Particle[] {
    const once = { optional: false, list: false, never: false, bounds: {} };
    if (!occurs.list) {
      const options = members.map((member) => [
        this.#particle(member.element, member.context, member.name, once, names),
      ]);
      return choice(options, occurs.optional);
    }
    const property = names.element(members[0]?.name.name ?? 'items');
    const options = members.map((member) => [
      this.#particle(member.element, member.context, member.name, once, new PropertyNames()),
    ]);
    const schema: JsonSchemaObject = {
      type: 'array',
      items: { anyOf: options.map((option) => objectSchema(option)) },
      ...occurs.bounds,
    };
    const item: Item = {
      kind: 'group',
      property,
      options: options.map((option) => option.map((particle) => particle.item)),
      ...(occurs.optional ? { optional: true } : {}),
    };
    return [{ item, properties: new Map([[property, schema]]) }];
  }

  #particle(
    declaration: XmlElement,
    context: SchemaContext,
    name: QName,
    occurs: Occurrence,
    names: PropertyNames,
  ): Particle {
    const property = names.element(name.name, clark(name));
    const { schema, type } = this.type(declaration, context, name.name);
    const nillable = attributeOf(declaration, 'nillable') === 'true';
    const fixed = attributeOf(declaration, 'fixed');
    const item: ElementItem = {
      kind: 'element',
      property,
      ...name,
      type,
      ...(occurs.optional ? { optional: true } : {}),
      ...(occurs.list ? { list: true } : {}),
      ...(nillable ? { nillable: true } : {}),
      ...(fixed !== undefined && !occurs.optional && !occurs.list ? { fixed } : {}),
    };
    const simple = type.kind === 'simple' ? type.simple : undefined;
    const preset = attributeOf(declaration, 'default');
    const single = annotated(nillable ? orNull(schema) : schema, {
      constant: fixed === undefined || simple === undefined || nillable ? undefined : readSimple(simple, fixed),
      preset: preset === undefined || simple === undefined ? undefined : readSimple(simple, preset),
      description: occurs.list ? undefined : documentation(declaration),
    });
    const description = documentation(declaration);
    const list: JsonSchemaObject = {
      type: 'array',
      items: single,
      ...occurs.bounds,
      ...(description === undefined ? {} : { description }),
    };
    return { item, properties: new Map([[property, occurs.list ? list : single]]) };
  }

  /** The type of an element: named, inside it, or that of what it may stand for. */
  type(declaration: XmlElement, context: SchemaContext, label: string): Translated {
    const inline = childElements(declaration, ns.xsd).find(
      ({ name }) => name === 'complexType' || name === 'simpleType',
    );
    if (inline?.name === 'simpleType') {
      const { schema, simple } = this.#simpleTypes.of(inline, context);
      return { schema, type: { kind: 'simple', simple } };
    }
    if (inline !== undefined) return this.#types.use(inline, anonymous(inline, context, label));
    const typeName = attributeOf(declaration, 'type');
    if (typeName !== undefined) {
      const name = schemaName(typeName, declaration, context);
      const found = name === undefined ? undefined : this.#types.namedType(name, context);
      if (found !== undefined) return found;
      this.#missing('type', name ?? { namespace: '', name: typeName }, context);
      return anything;
    }
    const head = attributeOf(declaration, 'substitutionGroup')?.trim().split(/\s+/)[0];
    const headName = head === undefined ? undefined : schemaName(head, declaration, context);
    const component = headName === undefined ? undefined : this.#set.find('element', headName, context);
    if (component === undefined || component.element === declaration) return anything;
    return this.type(component.element, component.context, label);
  }
}

function localNamespace(use: XmlElement, context: SchemaContext): string {
  const form = attributeOf(use, 'form');
  const qualified = form === undefined ? context.qualifiedElements : form === 'qualified';
  return qualified ? context.targetNamespace : '';
}
