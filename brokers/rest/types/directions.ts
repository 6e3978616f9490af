import {
  type JsonSchema,
  type JsonSchemaObject,
  referencedType,
  subschemaKeywords,
  type TypeMap,
  typeReference,
  walkSchema,
} from '../../../config/model/json-schema.js';
import { put } from '../load/index.js';
import type { Lookup } from './object-view.js';

/** What a service takes, or what it gives. */
export type Direction = 'input' | 'output';

/**
 * Makes the input and the output form of types. A `readOnly` property is no input, a `writeOnly` one no output (OpenAPI 3.1
 * §4.8.24). Only a type in which that makes a difference, itself or through a type that it refers to, gets two forms: the
 * output keeps the name, the input is called `{name}Input`. The cost is linear in the size of the types.
 */
export class Directions {
  readonly #lookup: Lookup;
  readonly #inputNames = new Map<string, string>();
  readonly #projected: TypeMap = {};
  readonly #forms = {
    input: new Map<JsonSchemaObject, JsonSchema>(),
    output: new Map<JsonSchemaObject, JsonSchema>(),
  } as const satisfies Record<Direction, unknown>;

  constructor(types: TypeMap, inputName: (name: string) => string) {
    this.#lookup = (name) => types[name];
    for (const name of differing(types)) this.#inputNames.set(name, inputName(name));
    for (const [name, schema] of Object.entries(types)) {
      const input = this.#inputNames.get(name);
      if (input === undefined) this.#projected[name] = schema;
      else {
        this.#projected[name] = this.project(schema, 'output');
        this.#projected[input] = this.project(schema, 'input');
      }
    }
  }

  /** All types, in their forms. */
  get types(): TypeMap {
    return this.#projected;
  }

  /**
   * One form of a schema; the same one each time. A schema that has only one, and each part of that kind, is given back as it is,
   * so that whatever is worked out of a part is worked out once for both forms.
   */
  project(schema: JsonSchema, direction: Direction): JsonSchema {
    if (typeof schema === 'boolean' || isLeaf(schema)) return schema;
    const known = this.#forms[direction].get(schema);
    if (known !== undefined) return known;
    const form = this.#form(schema, direction);
    this.#forms[direction].set(schema, form);
    return form;
  }

  #form(schema: JsonSchemaObject, direction: Direction): JsonSchema {
    const changes: JsonSchemaObject = {};
    for (const keyword of SINGLE) {
      const part = schema[keyword];
      if (part === undefined) continue;
      const form = this.project(part, direction);
      if (form !== part) changes[keyword] = form;
    }
    for (const keyword of LISTS) {
      const parts = schema[keyword];
      const forms = parts?.map((part) => this.project(part, direction));
      if (forms?.some((form, at) => form !== parts?.[at])) changes[keyword] = forms;
    }
    if (schema.patternProperties) {
      const patterns = this.#members(schema.patternProperties, direction, () => true);
      if (patterns !== undefined) changes.patternProperties = patterns;
    }
    const reference = this.#reference(schema.$ref, direction);
    if (reference !== undefined) changes.$ref = reference;
    if (schema.properties) {
      const isThere = (property: JsonSchema) => goesThrough(property, direction, this.#lookup);
      const properties = this.#members(schema.properties, direction, isThere);
      if (properties !== undefined) {
        changes.properties = properties;
        const all = schema.properties;
        const isGone = (name: string) => Object.hasOwn(all, name) && !Object.hasOwn(properties, name);
        if (schema.required?.some(isGone)) changes.required = schema.required.filter((name) => !isGone(name));
      }
    }
    const { discriminator } = schema;
    const mapped = direction === 'input' ? Object.entries(discriminator?.mapping ?? {}) : [];
    if (discriminator !== undefined && mapped.some(([, name]) => this.#inputNames.has(name))) {
      const mapping: Record<string, string> = {};
      for (const [tag, name] of mapped) put(mapping, tag, this.#inputNames.get(name) ?? name);
      changes.discriminator = { ...discriminator, mapping };
    }
    if (Object.keys(changes).length === 0) return schema;
    const form = { ...schema, ...changes };
    if (form.required?.length === 0) delete form.required;
    return form;
  }

  /** The members that are there in a direction, in their form; undefined when these are all of them as they are. */
  #members(
    members: Readonly<Record<string, JsonSchema>>,
    direction: Direction,
    isThere: (member: JsonSchema) => boolean,
  ): Record<string, JsonSchema> | undefined {
    const forms: Record<string, JsonSchema> = {};
    let differs = false;
    for (const [name, member] of Object.entries(members)) {
      const form = isThere(member) ? this.project(member, direction) : undefined;
      if (form !== undefined) put(forms, name, form);
      differs ||= form !== member;
    }
    return differs ? forms : undefined;
  }

  /** Where a reference leads in a direction, when it is another place. */
  #reference(ref: string | undefined, direction: Direction): string | undefined {
    const name = ref === undefined || direction === 'output' ? undefined : referencedType(ref);
    const input = name === undefined ? undefined : this.#inputNames.get(name);
    return input === undefined ? undefined : typeReference(input).$ref;
  }
}

/** Whether a schema has neither parts nor references: most have none. */
function isLeaf(schema: JsonSchemaObject): boolean {
  for (const keyword in schema) if (keyword === '$ref' || subschemaKeywords.has(keyword)) return false;
  return schema.discriminator === undefined;
}

const SINGLE = [
  'items',
  'contains',
  'additionalProperties',
  'propertyNames',
  'unevaluatedProperties',
  'not',
  'if',
  'then',
  'else',
] as const;
const LISTS = ['prefixItems', 'allOf', 'anyOf', 'oneOf'] as const;

/** Whether a property is there in a direction. */
export function goesThrough(property: JsonSchema, direction: Direction, lookup: Lookup): boolean {
  return !marked(property, direction === 'input' ? 'readOnly' : 'writeOnly', lookup);
}

const isOneWay = (property: JsonSchema, lookup: Lookup): boolean =>
  marked(property, 'readOnly', lookup) || marked(property, 'writeOnly', lookup);

/** A property is marked by itself or by the type that it refers to. */
function marked(schema: JsonSchema, mark: 'readOnly' | 'writeOnly', lookup: Lookup): boolean {
  for (let next: JsonSchema | undefined = schema, hops = 0; typeof next === 'object' && hops < 20; hops++) {
    if (next[mark] === true) return true;
    const name: string | undefined = next.$ref === undefined ? undefined : referencedType(next.$ref);
    next = name === undefined ? undefined : lookup(name);
  }
  return false;
}

/** The names of the types whose two forms differ: those with a one-way property, and all that refer to one of them. */
function differing(types: TypeMap): Set<string> {
  const users = new Map<string, string[]>();
  const found = new Set<string>();
  for (const [name, schema] of Object.entries(types)) {
    walkSchema(schema, (part) => {
      const used = part.$ref === undefined ? undefined : referencedType(part.$ref);
      if (used !== undefined) {
        const list = users.get(used);
        if (list) list.push(name);
        else users.set(used, [name]);
      }
      if (
        part.properties &&
        Object.values(part.properties).some((property) => isOneWay(property, (name) => types[name]))
      )
        found.add(name);
    });
  }
  const pending = [...found];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const user of users.get(next) ?? []) {
      if (found.has(user)) continue;
      found.add(user);
      pending.push(user);
    }
  }
  return found;
}
