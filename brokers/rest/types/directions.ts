import {
  type JsonSchema,
  type JsonSchemaObject,
  referencedType,
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

  /** One form of a schema. A schema that has only one is given back as it is. */
  project(schema: JsonSchema, direction: Direction): JsonSchema {
    return typeof schema === 'boolean' || !this.#differs(schema) ? schema : this.#copy(schema, direction);
  }

  #differs(schema: JsonSchema): boolean {
    let differs = false;
    walkSchema(schema, (part) => {
      differs ||=
        this.#names(part) || Object.values(part.properties ?? {}).some((property) => isOneWay(property, this.#lookup));
    });
    return differs;
  }

  #names(schema: JsonSchemaObject): boolean {
    const name = schema.$ref === undefined ? undefined : referencedType(schema.$ref);
    return name !== undefined && this.#inputNames.has(name);
  }

  #copy(schema: JsonSchema, direction: Direction): JsonSchema {
    if (typeof schema === 'boolean') return schema;
    const copy: JsonSchemaObject = { ...schema };
    for (const keyword of SINGLE) {
      const part = schema[keyword];
      if (part !== undefined) copy[keyword] = this.#copy(part, direction);
    }
    for (const keyword of LISTS) {
      const parts = schema[keyword];
      if (parts !== undefined) copy[keyword] = parts.map((part) => this.#copy(part, direction));
    }
    if (schema.patternProperties) {
      const patterns: Record<string, JsonSchema> = {};
      for (const [name, part] of Object.entries(schema.patternProperties))
        put(patterns, name, this.#copy(part, direction));
      copy.patternProperties = patterns;
    }
    if (schema.$ref !== undefined) Object.assign(copy, this.#reference(schema.$ref, direction));
    if (schema.properties) {
      const gone = new Set<string>();
      const properties: Record<string, JsonSchema> = {};
      for (const [name, property] of Object.entries(schema.properties)) {
        if (goesThrough(property, direction, this.#lookup)) put(properties, name, this.#copy(property, direction));
        else gone.add(name);
      }
      copy.properties = properties;
      if (schema.required) copy.required = schema.required.filter((name) => !gone.has(name));
    }
    if (copy.required?.length === 0) delete copy.required;
    if (schema.discriminator?.mapping && direction === 'input') {
      const mapping: Record<string, string> = {};
      for (const [tag, name] of Object.entries(schema.discriminator.mapping))
        put(mapping, tag, this.#inputNames.get(name) ?? name);
      copy.discriminator = { ...schema.discriminator, mapping };
    }
    return copy;
  }

  #reference(ref: string, direction: Direction): JsonSchemaObject {
    const name = referencedType(ref);
    const input = name === undefined || direction === 'output' ? undefined : this.#inputNames.get(name);
    return input === undefined ? { $ref: ref } : typeReference(input);
  }
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
