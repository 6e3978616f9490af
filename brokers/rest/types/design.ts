import type { Visibility } from '../../../config/model/designer.js';
import { visibilities } from '../../../config/model/designer.js';
import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import { isRawObject, type RawObject, rawText } from '../load/index.js';

/** Extensions that name an operation to call at design time. They stay as they are until operations have names. */
export const DYNAMIC = [
  'x-ms-dynamic-values',
  'x-ms-dynamic-list',
  'x-ms-dynamic-schema',
  'x-ms-dynamic-properties',
] as const;

/** What vendor extensions tell designers of a schema or parameter, as annotations. */
export function designOf(raw: RawObject): JsonSchemaObject {
  const schema: JsonSchemaObject = {};
  const title = titleOf(raw);
  if (title !== undefined) schema.title = title;
  const visibility = visibilityOf(raw);
  if (visibility !== undefined) schema['x-smartwright-visibility'] = visibility;
  for (const key of DYNAMIC) if (isRawObject(raw[key])) schema[key] = raw[key];
  return schema;
}

/** What a person reads, where an extension says it. */
export function titleOf(raw: RawObject): string | undefined {
  return rawText(raw['x-ms-summary']) ?? rawText(raw['x-display-name']) ?? rawText(raw['x-displayName']);
}

/** A parameter that AutoRest puts on the client belongs to the connection: few people set it for a call. */
export function visibilityOf(raw: RawObject): Visibility | undefined {
  if (raw['x-internal'] === true) return 'internal';
  const told = visibilities.find((visibility) => visibility === raw['x-ms-visibility']);
  return told ?? (raw['x-ms-parameter-location'] === 'client' ? 'advanced' : undefined);
}
