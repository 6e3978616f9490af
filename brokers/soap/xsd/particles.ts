import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { attributeOf, childElements, type XmlElement } from '../../xml/index.js';
import { ns } from '../namespaces.js';
import type { AnyItem, ChoiceItem, ElementItem, GroupItem, Item } from '../plan.js';
import type { PropertyNames } from './property-names.js';
import { special } from './property-names.js';
import { type SchemaContext, type SchemaSet, schemaName } from './schema-set.js';

/** An item of a content model with the schemas of its properties. */
export interface Particle {
  readonly item: Item;
  /** Of the properties that the item fills, those of its options included. */
  readonly properties: ReadonlyMap<string, JsonSchema>;
}

/** Reads elements; see `ElementReader`. */
export type ReadElement = (element: XmlElement, context: SchemaContext, names: PropertyNames) => Particle[];

/** How often something may come (Part 1 §3.9.1). */
export interface Occurrence {
  readonly optional: boolean;
  readonly list: boolean;
  /** It may not come at all. */
  readonly never: boolean;
  /** How many a list has. */
  readonly bounds: { readonly minItems?: number; readonly maxItems?: number };
}

export function occurrence(element: XmlElement): Occurrence {
  const least = Number(attributeOf(element, 'minOccurs') ?? '1');
  const most = attributeOf(element, 'maxOccurs')?.trim() ?? '1';
  return {
    optional: least === 0,
    list: most === 'unbounded' || Number(most) > 1,
    never: most !== 'unbounded' && Number(most) === 0,
    bounds: {
      ...(Number.isSafeInteger(least) && least > 0 ? { minItems: least } : {}),
      ...(most !== 'unbounded' && Number.isSafeInteger(Number(most)) ? { maxItems: Number(most) } : {}),
    },
  };
}

const groups: ReadonlySet<string> = new Set(['sequence', 'choice', 'all', 'group']);
/** Groups inside groups, by reference too. */
const MAX_DEPTH = 100;
/** Particles of one content model: groups that refer to the next one twice would double at each step. */
const MOST_PARTICLES = 20_000;
/** Particles of all content models of a description. */
const MOST_OF_ALL = 1_000_000;

export const isGroup = ({ namespace, name }: XmlElement): boolean => namespace === ns.xsd && groups.has(name);

/** Reads model groups (Part 1 §3.8) into items in the order in which they are written. */
export class ParticleReader {
  readonly #set: SchemaSet;
  readonly #readElement: ReadElement;
  readonly #tooMany: (context: SchemaContext) => void;
  #left = MOST_PARTICLES;
  #leftOfAll = MOST_OF_ALL;

  /** @param tooMany told when a content model is cut off because it expands without measure */
  constructor(set: SchemaSet, readElement: ReadElement, tooMany: (context: SchemaContext) => void) {
    this.#set = set;
    this.#readElement = readElement;
    this.#tooMany = tooMany;
  }

  /** The particles of a group, or of a reference to one. */
  read(group: XmlElement, context: SchemaContext, names: PropertyNames): Particle[] {
    const left = this.#left;
    this.#left = MOST_PARTICLES;
    try {
      return this.#read(group, context, names, 0);
    } finally {
      this.#left = left;
    }
  }

  #read(group: XmlElement, context: SchemaContext, names: PropertyNames, depth: number): Particle[] {
    const occurs = occurrence(group);
    if (occurs.never || depth > MAX_DEPTH) return [];
    if (group.name === 'group') return this.#referenced(group, occurs, context, names, depth);
    return this.#group(group, occurs, context, names, depth);
  }

  #referenced(
    reference: XmlElement,
    occurs: Occurrence,
    context: SchemaContext,
    names: PropertyNames,
    depth: number,
  ): Particle[] {
    const name = schemaName(attributeOf(reference, 'ref') ?? '', reference, context);
    const component = name === undefined ? undefined : this.#set.find('group', name, context);
    const model = component === undefined ? undefined : childElements(component.element, ns.xsd).find(isGroup);
    if (component === undefined || model === undefined) return [];
    return this.#group(model, occurs, component.context, names, depth + 1);
  }

  #group(
    model: XmlElement,
    occurs: Occurrence,
    context: SchemaContext,
    names: PropertyNames,
    depth: number,
  ): Particle[] {
    const children = childElements(model, ns.xsd).filter(
      ({ name }) => name === 'element' || name === 'any' || groups.has(name),
    );
    if (model.name === 'choice') {
      const forks = children.map(() => names.fork());
      const options = children.map((child, index) => this.#child(child, context, forks[index] ?? names, depth));
      names.join(forks);
      const isOptional = occurs.optional || options.some((option) => option.length === 0);
      const some = options.filter((option) => option.length > 0);
      if (some.length === 0) return [];
      return occurs.list ? repeated(some, isOptional, names) : choice(some, isOptional);
    }
    const particles = children.flatMap((child) => this.#child(child, context, names, depth));
    if (particles.length === 0) return [];
    if (occurs.list) return repeated([particles], occurs.optional, names);
    return occurs.optional ? jointly(particles) : particles;
  }

  #child(child: XmlElement, context: SchemaContext, names: PropertyNames, depth: number): Particle[] {
    if (this.#left-- <= 0 || this.#leftOfAll-- <= 0) {
      this.#tooMany(context);
      return [];
    }
    if (child.name === 'element') return this.#readElement(child, context, names);
    if (child.name === 'any') return anything(child, names);
    return this.#read(child, context, names, depth + 1);
  }
}

/** XML of elements, with the namespaces that it needs. */
const xmlText: JsonSchemaObject = { type: 'string', contentMediaType: 'application/xml' };

function anything(wildcard: XmlElement, names: PropertyNames): Particle[] {
  const occurs = occurrence(wildcard);
  if (occurs.never) return [];
  const property = names.element(special.any);
  const item: AnyItem = {
    kind: 'any',
    property,
    ...(occurs.optional ? { optional: true } : {}),
    ...(occurs.list ? { list: true } : {}),
  };
  const schema: JsonSchemaObject = occurs.list ? { type: 'array', items: xmlText, ...occurs.bounds } : xmlText;
  return [{ item, properties: new Map([[property, schema]]) }];
}

/** One of the alternatives. */
export function choice(options: readonly (readonly Particle[])[], optional: boolean): Particle[] {
  const [only, ...others] = options;
  if (only !== undefined && others.length === 0) return optional ? jointly(only) : [...only];
  const item: ChoiceItem = {
    kind: 'choice',
    options: options.map((option) => option.map((particle) => particle.item)),
    ...(optional || options.some((option) => option.every(({ item }) => item.optional === true))
      ? { optional: true }
      : {}),
  };
  return [{ item, properties: merged(options.flat()) }];
}

/** All of it or nothing. */
function jointly(particles: readonly Particle[]): Particle[] {
  const needed = particles.filter(({ item }) => item.optional !== true);
  if (needed.length === 0) return [...particles];
  const [only] = particles;
  if (only !== undefined && particles.length === 1)
    return [{ ...only, item: { ...only.item, optional: true } as Item }];
  const item: ChoiceItem = { kind: 'choice', optional: true, options: [particles.map((particle) => particle.item)] };
  return [{ item, properties: merged(particles) }];
}

/** What comes several times: a list of elements where it is one element, else a list of objects. */
function repeated(options: readonly (readonly Particle[])[], optional: boolean, names: PropertyNames): Particle[] {
  const [only] = options;
  const [single] = only ?? [];
  if (options.length === 1 && only?.length === 1 && single !== undefined && single.item.kind !== 'choice') {
    return [listOf(single, optional)];
  }
  const property = names.element('items');
  const item: GroupItem = {
    kind: 'group',
    property,
    options: options.map((option) => option.map((particle) => particle.item)),
    ...(optional ? { optional: true } : {}),
  };
  const members = options.map((option) => objectSchema(option));
  const [first, ...more] = members;
  const items = more.length === 0 && first !== undefined ? first : { anyOf: members };
  const schema: JsonSchemaObject = { type: 'array', items, ...(optional ? {} : { minItems: 1 }) };
  return [{ item, properties: new Map([[property, schema]]) }];
}

function listOf(particle: Particle, optional: boolean): Particle {
  const { item } = particle;
  if (item.kind === 'choice' || item.kind === 'group' || item.list === true)
    return optional ? { ...particle, item: { ...item, optional: true } as Item } : particle;
  const schema = particle.properties.get(item.property) ?? true;
  const isOptional = optional || item.optional === true;
  const list: ElementItem | AnyItem = { ...item, list: true, ...(isOptional ? { optional: true } : {}) };
  const array: JsonSchemaObject = { type: 'array', items: schema, ...(isOptional ? {} : { minItems: 1 }) };
  return { item: list, properties: new Map([[item.property, array]]) };
}

function merged(particles: readonly Particle[]): Map<string, JsonSchema> {
  const properties = new Map<string, JsonSchema>();
  for (const particle of particles) {
    for (const [name, schema] of particle.properties) properties.set(name, either(properties.get(name), schema));
  }
  return properties;
}

/** The schema of a property that two alternatives share. */
function either(one: JsonSchema | undefined, other: JsonSchema): JsonSchema {
  if (one === undefined || JSON.stringify(one) === JSON.stringify(other)) return other;
  return { anyOf: [one, other] };
}

/** Properties and which of them go together. */
export function objectSchema(particles: readonly Particle[]): JsonSchemaObject {
  const properties = Object.fromEntries(merged(particles));
  const required: string[] = [];
  const conditions: JsonSchemaObject[] = [];
  for (const { item } of particles) {
    if (item.kind === 'choice') conditions.push(condition(item));
    else if (item.optional !== true && !(item.kind === 'element' && item.fixed !== undefined))
      required.push(item.property);
  }
  const [only, ...more] = conditions;
  return {
    type: 'object',
    properties,
    ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
    additionalProperties: false,
    ...(only === undefined ? {} : more.length === 0 ? only : { allOf: conditions }),
  };
}

/** One of the options: what the others alone have must be away. */
function condition({ options, optional }: ChoiceItem): JsonSchemaObject {
  const all = new Set(options.flatMap((option) => option.flatMap(propertiesOf)));
  const alternatives = options.map((option) => alternative(option, all));
  if (optional === true) alternatives.push(away(all));
  const distinct = new Map(alternatives.map((schema) => [JSON.stringify(schema), schema]));
  return { anyOf: [...distinct.values()] };
}

function alternative(option: readonly Item[], all: ReadonlySet<string>): JsonSchemaObject {
  const own = new Set(option.flatMap(propertiesOf));
  const required = option.filter(isNeeded).map(({ property }) => property);
  const nested = option.filter((item): item is ChoiceItem => item.kind === 'choice').map(condition);
  const others = away([...all].filter((name) => !own.has(name)));
  return {
    ...others,
    ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
    ...(nested.length > 0 ? { allOf: nested } : {}),
  };
}

const isNeeded = (item: Item): item is Exclude<Item, ChoiceItem> =>
  item.kind !== 'choice' && item.optional !== true && !(item.kind === 'element' && item.fixed !== undefined);

const away = (names: Iterable<string>): JsonSchemaObject => {
  const properties = Object.fromEntries([...names].map((name) => [name, false as const]));
  return { type: 'object', ...(Object.keys(properties).length > 0 ? { properties } : {}) };
};

function propertiesOf(item: Item): string[] {
  return item.kind === 'choice' ? item.options.flatMap((option) => option.flatMap(propertiesOf)) : [item.property];
}
