import type { JsonSchema } from '../../../config/model/json-schema.js';
import { toDisplayName, words } from '../../../config/model/names.js';
import type { ObjectProperty } from '../../../config/model/service-object.js';
import { singular } from '../../singular.js';
import { put } from '../load/index.js';
import { type Directions, goesThrough, type Lookup, objectView } from '../types/index.js';
import type { MethodDraft } from './draft.js';

/**
 * The properties of an object: those of what its Read and List give; where none of them tells, those of what the other
 * methods give or take. The one that the path calls it by is the key.
 */
export function objectProperties(
  drafts: readonly MethodDraft[],
  directions: Directions,
  lookup: Lookup,
): ObjectProperty[] {
  const own = drafts.filter(({ resource }) => resource.role === 'item' || resource.role === 'collection');
  const told = collect(
    own.filter(({ kind }) => kind === 'read' || kind === 'list'),
    lookup,
  );
  const properties = Object.keys(told).length > 0 ? told : fallback(own, lookup);
  const item = own.find(({ resource }) => resource.role === 'item' && resource.key !== undefined);
  const key = item?.resource.key === undefined ? undefined : keyOf(properties, item, item.resource.key);
  return Object.entries(properties).map(([name, schema]) =>
    property(name, directions.project(schema, 'output'), name === key),
  );
}

function collect(drafts: readonly MethodDraft[], lookup: Lookup): Record<string, JsonSchema> {
  const properties: Record<string, JsonSchema> = {};
  for (const { output } of drafts) {
    for (const [name, schema] of Object.entries(objectView(output, lookup)?.properties ?? {})) {
      if (name === '$headers' || Object.hasOwn(properties, name)) continue;
      if (goesThrough(schema, 'output', lookup)) put(properties, name, schema);
    }
  }
  return properties;
}

function fallback(drafts: readonly MethodDraft[], lookup: Lookup): Record<string, JsonSchema> {
  const given = collect(
    drafts.filter(({ kind }) => kind === 'create' || kind === 'update'),
    lookup,
  );
  if (Object.keys(given).length > 0) return given;
  const taken: Record<string, JsonSchema> = {};
  for (const { bodyProperties } of drafts) {
    for (const [name, schema] of Object.entries(bodyProperties))
      if (!Object.hasOwn(taken, name)) put(taken, name, schema);
  }
  return taken;
}

/** The property that a path parameter names: `{contactId}` of contacts is `contactId`, or else `id`. None: it becomes one. */
function keyOf(properties: Record<string, JsonSchema>, { resource, input }: MethodDraft, parameter: string): string {
  const names = Object.keys(properties);
  const wanted = plain(parameter);
  const noun = plain(singular(resource.noun.toLowerCase()));
  const bare = wanted.startsWith(noun) ? wanted.slice(noun.length) : wanted;
  const found =
    names.find((name) => name === parameter) ??
    names.find((name) => plain(name) === wanted) ??
    names.find((name) => bare !== '' && plain(name) === bare) ??
    (noun.endsWith(wanted) || wanted.endsWith('id') ? names.find((name) => plain(name) === 'id') : undefined);
  if (found !== undefined) return found;
  const inputs = typeof input === 'object' ? (input.properties ?? {}) : {};
  if (Object.hasOwn(inputs, parameter)) put(properties, parameter, inputs[parameter] ?? {});
  return parameter;
}

const plain = (name: string): string => words(name).join('').toLowerCase();

function property(name: string, schema: JsonSchema, key: boolean): ObjectProperty {
  const own = typeof schema === 'object' ? schema : {};
  const displayName = own.title !== undefined && own.title.length <= 60 ? own.title : toDisplayName(name);
  return {
    name,
    displayName,
    ...(own.description === undefined ? {} : { description: own.description }),
    schema,
    ...(key ? { key: true } : {}),
  };
}
