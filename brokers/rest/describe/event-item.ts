import type { JsonSchema } from '../../../config/model/json-schema.js';
import { isJsonType } from '../../http/media-type.js';
import { type Located, put, rawArray, rawObject, rawText } from '../load/index.js';
import type { AnswerPlan } from '../plan.js';
import type { Types } from '../types/index.js';
import { below } from './below.js';

/** The fields of a server-sent event (WHATWG HTML §9.2.6). */
const FIELDS = new Set(['data', 'event', 'id', 'retry']);

/** Choices within choices that are followed. */
const MAX_DEPTH = 5;

export interface EventItem {
  readonly kind: Exclude<NonNullable<AnswerPlan['event']>, 'data'>;
  readonly schema: JsonSchema;
}

/**
 * An item of an event stream that is described as a whole event: an object of `event`, `data`, `id` and `retry` (OpenAPI 3.2
 * §4.14.4), or a choice of such. Data with a `contentSchema` is of that type. Undefined for an item that is the data alone.
 */
export function eventItem(types: Types, item: Located, depth = 0): EventItem | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const target = types.documents.follow(item);
  if (target === undefined) return undefined;
  const raw = rawObject(target.value);
  const keyword = (['oneOf', 'anyOf'] as const).find((name) => Array.isArray(raw[name]));
  if (keyword !== undefined) {
    const members = rawArray(raw[keyword]).map((value, index) =>
      eventItem(types, { value, site: below(target.site, keyword, String(index)) }, depth + 1),
    );
    const events = members.filter((member) => member !== undefined);
    if (events.length === 0 || events.length < members.length) return undefined;
    const isJson = events.some(({ kind }) => kind === 'object-of-json');
    return { kind: isJson ? 'object-of-json' : 'object', schema: { anyOf: events.map(({ schema }) => schema) } };
  }
  const fields = Object.entries(rawObject(raw.properties));
  if (fields.length === 0 || !fields.every(([name]) => FIELDS.has(name))) return undefined;
  const properties: Record<string, JsonSchema> = {};
  for (const [name, value] of fields) {
    put(properties, name, fieldSchema(types, { value, site: below(target.site, 'properties', name) }));
  }
  const isJson = isJsonType(rawText(rawObject(rawObject(raw.properties).data).contentMediaType) ?? '');
  const required = rawArray(raw.required).filter((name) => typeof name === 'string');
  return {
    kind: isJson ? 'object-of-json' : 'object',
    schema: { type: 'object', properties, ...(required.length > 0 ? { required } : {}) },
  };
}

function fieldSchema(types: Types, field: Located): JsonSchema {
  const { contentSchema, contentMediaType } = rawObject(field.value);
  const isJson = contentSchema !== undefined && isJsonType(rawText(contentMediaType) ?? '');
  return types.translate(isJson ? { value: contentSchema, site: below(field.site, 'contentSchema') } : field);
}
