import { type JsonSchema, type JsonSchemaObject, referencedType } from '../../../config/model/json-schema.js';
import { put } from '../load/index.js';

/** Finds a named type. */
export type Lookup = (name: string) => JsonSchema | undefined;

/** An object type, seen through references and `allOf`. */
export interface ObjectView {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: ReadonlySet<string>;
  /** Whether it has exactly the properties that it names: no map, no alternatives. */
  readonly plain: boolean;
  readonly description?: string;
}

/** The objects that named types describe: many methods give and take the same ones. */
const views = new WeakMap<Lookup, Map<string, ObjectView | undefined>>();

/**
 * The object that a schema describes, or undefined when it describes something else. What a named type describes is found out once
 * for each `lookup`, whose answers must not change.
 */
export function objectView(schema: JsonSchema, lookup: Lookup): ObjectView | undefined {
  const ref = typeof schema === 'object' && Object.keys(schema).length === 1 ? schema.$ref : undefined;
  if (ref === undefined) return makeView(schema, lookup);
  const known = views.get(lookup) ?? new Map<string, ObjectView | undefined>();
  views.set(lookup, known);
  if (known.has(ref)) return known.get(ref);
  const view = makeView(schema, lookup);
  known.set(ref, view);
  return view;
}

function makeView(schema: JsonSchema, lookup: Lookup): ObjectView | undefined {
  const properties: Record<string, JsonSchema> = {};
  const required = new Set<string>();
  const state = { properties, required, plain: true, isObject: false };
  if (!collect(schema, lookup, state, new Set(), 0)) return undefined;
  if (!state.isObject) return undefined;
  const described =
    typeof schema === 'object' ? (schema.description ?? resolved(schema, lookup)?.description) : undefined;
  const view = { properties, required, plain: state.plain };
  return described === undefined ? view : { ...view, description: described };
}

/** An object that extends more types in a row than this is looked at as a whole. */
const MAX_DEPTH = 100;

interface State {
  readonly properties: Record<string, JsonSchema>;
  readonly required: Set<string>;
  plain: boolean;
  isObject: boolean;
}

function collect(schema: JsonSchema, lookup: Lookup, state: State, seen: Set<string>, depth: number): boolean {
  if (typeof schema === 'boolean') return schema;
  if (depth > MAX_DEPTH) return false;
  if (schema.type !== undefined && !typesOf(schema).includes('object')) return false;
  if (schema.$ref !== undefined) {
    const name = referencedType(schema.$ref);
    const target = name === undefined ? undefined : lookup(name);
    if (name === undefined || target === undefined) return false;
    // What two members extend counts once.
    if (!seen.has(name)) {
      seen.add(name);
      if (!collect(target, lookup, state, seen, depth + 1)) return false;
    }
  }
  if (schema.enum !== undefined || schema.const !== undefined) return false;
  for (const member of schema.allOf ?? []) if (!collect(member, lookup, state, seen, depth + 1)) return false;
  if (schema.anyOf ?? schema.oneOf) state.plain = false;
  if (schema.patternProperties !== undefined) state.plain = false;
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== false) state.plain = false;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const present = Object.hasOwn(state.properties, name) ? state.properties[name] : undefined;
    put(state.properties, name, present === undefined ? property : narrowed(present, property));
  }
  for (const name of schema.required ?? []) state.required.add(name);
  if (schema.properties !== undefined || typesOf(schema).includes('object')) state.isObject = true;
  return true;
}

/** A property that several members of an `allOf` declare: both hold. */
function narrowed(first: JsonSchema, second: JsonSchema): JsonSchema {
  return JSON.stringify(first) === JSON.stringify(second) ? first : { allOf: [first, second] };
}

/** The `type` keyword as a list. */
export function typesOf(schema: JsonSchemaObject): readonly string[] {
  return schema.type === undefined ? [] : Array.isArray(schema.type) ? schema.type : [schema.type];
}

/** The schema that a chain of references names; itself when it is no reference. */
export function resolved(schema: JsonSchema, lookup: Lookup): JsonSchemaObject | undefined {
  let next: JsonSchema | undefined = schema;
  for (let hops = 0; typeof next === 'object' && next.$ref !== undefined && hops < 50; hops++) {
    const name = referencedType(next.$ref);
    next = name === undefined ? undefined : lookup(name);
  }
  return typeof next === 'object' ? next : undefined;
}

/** A schema without its `null` alternative. */
export function nonNull(schema: JsonSchemaObject): JsonSchemaObject {
  const alternatives = schema.anyOf?.filter((member) => !(typeof member === 'object' && member.type === 'null'));
  const [only] = alternatives ?? [];
  return alternatives?.length === 1 && typeof only === 'object' ? only : schema;
}

/** The schema of the items when a schema describes a list; undefined when it does not. */
export function itemsOf(schema: JsonSchema, lookup: Lookup, depth = 0): JsonSchema | undefined {
  const target = resolved(schema, lookup);
  if (target === undefined || depth > 20) return undefined;
  const inner = nonNull(target);
  if (inner !== target) return itemsOf(inner, lookup, depth + 1);
  if (typesOf(target).includes('array')) return target.prefixItems === undefined ? (target.items ?? {}) : undefined;
  // Of several that hold, the last one that says something about the items is the most exact.
  const members = (target.allOf ?? [])
    .map((member) => itemsOf(member, lookup, depth + 1))
    .filter((found) => found !== undefined);
  return members.findLast((found) => typeof found === 'object' && Object.keys(found).length > 0) ?? members[0];
}
