import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { attributeOf, childElements, clark, type QName, type XmlElement } from '../../xml/index.js';
import { ns } from '../namespaces.js';
import type { AttributePlan } from '../plan.js';
import { documentation } from './documentation.js';
import { readSimple } from './lexical.js';
import type { PropertyNames } from './property-names.js';
import { type SchemaContext, type SchemaSet, schemaName } from './schema-set.js';
import { builtinType, type SimpleType, type SimpleTypes } from './simple-types.js';

/** An attribute that a type has. */
export interface AttributeUse {
  readonly name: QName;
  readonly type: SimpleType;
  readonly required: boolean;
  readonly fixed?: string;
  readonly default?: string;
  readonly description?: string;
}

/** The attributes of a type: by Clark name, and whether there may be others. */
export interface Attributes {
  readonly uses: Map<string, AttributeUse>;
  open: boolean;
}

const MAX_DEPTH = 50;
const text = builtinType({ namespace: ns.xsd, name: 'string' });

/** Reads attribute uses (Part 1 §3.5), through groups. */
export class AttributeReader {
  readonly #set: SchemaSet;
  readonly #simpleTypes: SimpleTypes;

  constructor(set: SchemaSet, simpleTypes: SimpleTypes) {
    this.#set = set;
    this.#simpleTypes = simpleTypes;
  }

  /** Adds what stands in an element to `attributes`, in place of what is there under the same name. */
  read(parent: XmlElement, context: SchemaContext, attributes: Attributes, depth = 0): void {
    for (const child of childElements(parent, ns.xsd)) {
      if (child.name === 'anyAttribute') attributes.open = true;
      else if (child.name === 'attribute') this.#attribute(child, context, attributes);
      else if (child.name === 'attributeGroup' && depth < MAX_DEPTH) {
        const name = schemaName(attributeOf(child, 'ref') ?? '', child, context);
        const group = name === undefined ? undefined : this.#set.find('attributeGroup', name, context);
        if (group !== undefined) this.read(group.element, group.context, attributes, depth + 1);
      }
    }
  }

  #attribute(use: XmlElement, context: SchemaContext, attributes: Attributes): void {
    const ref = attributeOf(use, 'ref');
    const named = ref === undefined ? undefined : schemaName(ref, use, context);
    const component = named === undefined ? undefined : this.#set.find('attribute', named, context);
    const declaration = component?.element ?? use;
    const own = component?.context ?? context;
    const name = named ?? { namespace: namespaceOf(use, context), name: attributeOf(use, 'name')?.trim() ?? '' };
    if (name.name === '') return;
    if (attributeOf(use, 'use') === 'prohibited') {
      attributes.uses.delete(clark(name));
      return;
    }
    const fixed = attributeOf(use, 'fixed') ?? attributeOf(declaration, 'fixed');
    const preset = attributeOf(use, 'default') ?? attributeOf(declaration, 'default');
    const description = documentation(use) ?? documentation(declaration);
    attributes.uses.set(clark(name), {
      name,
      type: this.#type(declaration, own),
      required: attributeOf(use, 'use') === 'required',
      ...(fixed === undefined ? {} : { fixed }),
      ...(preset === undefined ? {} : { default: preset }),
      ...(description === undefined ? {} : { description }),
    });
  }

  #type(declaration: XmlElement, context: SchemaContext): SimpleType {
    const inline = childElements(declaration, ns.xsd, 'simpleType')[0];
    if (inline !== undefined) return this.#simpleTypes.of(inline, context);
    const name = schemaName(attributeOf(declaration, 'type') ?? '', declaration, context);
    const found = name === undefined ? undefined : this.#simpleTypes.named(name, context);
    return found ?? (text as SimpleType);
  }
}

function namespaceOf(use: XmlElement, context: SchemaContext): string {
  const form = attributeOf(use, 'form');
  const qualified = form === undefined ? context.qualifiedAttributes : form === 'qualified';
  return qualified ? context.targetNamespace : '';
}

/** The plans and schemas of attributes, under their property names. */
export function attributeProperties(
  { uses }: Attributes,
  names: PropertyNames,
  schemaOf: (type: SimpleType) => JsonSchema,
): { plans: AttributePlan[]; properties: Map<string, JsonSchema>; required: string[] } {
  const plans: AttributePlan[] = [];
  const properties = new Map<string, JsonSchema>();
  const required: string[] = [];
  for (const { name, type, required: isRequired, fixed, default: preset, description } of uses.values()) {
    const property = names.attribute(name.name);
    const constant = fixed === undefined ? undefined : readSimple(type.simple, fixed);
    plans.push({
      property,
      ...name,
      simple: type.simple,
      ...(isRequired ? { required: true } : {}),
      ...(fixed !== undefined && isRequired ? { fixed } : {}),
    });
    if (isRequired && fixed === undefined) required.push(property);
    const schema = schemaOf(type);
    properties.set(property, annotated(schema, { constant, preset: presetOf(type, preset), description }));
  }
  return { plans, properties, required };
}

const presetOf = (type: SimpleType, preset: string | undefined): unknown =>
  preset === undefined ? undefined : readSimple(type.simple, preset);

/** A schema with what its declaration says beside the type. */
export function annotated(
  schema: JsonSchema,
  { constant, preset, description }: { constant?: unknown; preset?: unknown; description?: string | undefined },
): JsonSchema {
  const said: JsonSchemaObject = {
    ...(constant === undefined ? {} : { const: constant }),
    ...(preset === undefined ? {} : { default: preset }),
    ...(description === undefined ? {} : { description }),
  };
  if (Object.keys(said).length === 0) return schema;
  return typeof schema === 'boolean' ? said : { ...schema, ...said };
}
