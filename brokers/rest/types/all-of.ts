import { type JsonSchema, type JsonSchemaObject, typeReference } from '../../../config/model/json-schema.js';
import { isRawObject, pointerTo, type RawObject, rawArray, type Site } from '../load/index.js';
import { isStructural } from './annotations.js';
import { isUnconstrained, mergeInto } from './merge.js';
import { referenceOf, type Types } from './types.js';

/**
 * Composes `allOf`. Members that name a type stay references, so that a validator follows them and code extends them; inline
 * members are merged into the schema itself. A member that allows no other properties would refuse what its siblings add,
 * so it is merged as an open object.
 */
export function composeAllOf(
  types: Types,
  raw: RawObject,
  own: JsonSchemaObject,
  site: Site,
  depth: number,
): JsonSchema {
  let merged: JsonSchemaObject = own;
  const kept: JsonSchema[] = [];
  const members = rawArray(raw.allOf);
  for (const [index, value] of members.entries()) {
    const place = { ...site, pointer: pointerTo(pointerTo(site.pointer, 'allOf'), index) };
    const member = memberOf(types, value, place, depth, members.length > 1 || Object.keys(own).some(isStructural));
    if (member === false) return false;
    if (member === true) continue;
    const isReference = member.$ref !== undefined;
    const union = isReference ? undefined : mergeInto(merged, member);
    if (union !== undefined) merged = union;
    else kept.push(member);
  }
  const allOf = unique([...(merged.allOf ?? []), ...kept]);
  if (allOf.length === 0) return merged;
  const result: JsonSchemaObject = { ...merged, allOf };
  if (result.additionalProperties === false) delete result.additionalProperties;
  return onlyReference(result);
}

function memberOf(types: Types, value: unknown, site: Site, depth: number, hasSiblings: boolean): JsonSchema {
  const raw = isRawObject(value) ? value : undefined;
  if (raw === undefined || referenceOf(raw) === undefined) {
    const inline = types.nested({ value, site }, depth + 1);
    return isClosed(inline) && hasSiblings ? opened(inline) : inline;
  }
  const target = types.target(raw, site);
  if (target === undefined || !isRawObject(target.value)) return types.nested({ value, site }, depth + 1);
  if (hasSiblings && target.value.additionalProperties === false) {
    const copy = types.copied(target, depth + 1);
    return isClosed(copy) ? opened(copy) : copy;
  }
  const own = types.nested({ value, site }, depth + 1);
  if (typeof own === 'boolean' || own.$ref === undefined) return own;
  return { ...own, ...typeReference(types.named(target, 'base')) };
}

const isClosed = (schema: JsonSchema): schema is JsonSchemaObject =>
  typeof schema === 'object' && schema.additionalProperties === false;

function opened(schema: JsonSchemaObject): JsonSchemaObject {
  const copy = { ...schema };
  delete copy.additionalProperties;
  return copy;
}

/** An `allOf` of one reference, with nothing beside it but annotations, is that reference. */
function onlyReference(schema: JsonSchemaObject): JsonSchemaObject {
  const { allOf = [], ...rest } = schema;
  const [only] = allOf;
  if (allOf.length !== 1 || typeof only !== 'object' || only.$ref === undefined) return schema;
  const structural = Object.keys(rest).filter(isStructural);
  const repeats = structural.every((key) => key === 'type' && rest.type === 'object');
  if (!repeats) return schema;
  const { type: _, ...annotations } = rest;
  return { ...only, ...annotations };
}

function unique(members: readonly JsonSchema[]): JsonSchema[] {
  const seen = new Set<string>();
  return members.filter((member) => {
    if (isUnconstrained(member)) return false;
    if (typeof member === 'boolean' || member.$ref === undefined) return true;
    const isNew = !seen.has(member.$ref);
    seen.add(member.$ref);
    return isNew;
  });
}
