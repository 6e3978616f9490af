import type { JsonSchema } from '../../../config/model/json-schema.js';
import { put, rawObject, rawText } from '../load/index.js';
import type { EncodingPlan } from '../plan.js';
import { objectView, resolved, type Types } from '../types/index.js';
import type { BodyEntry } from './body.js';
import { styleOf } from './style.js';

/** How each property of a form is written: what `encoding` says (OpenAPI 3.1 §4.8.15), and which properties are files. */
export function encodings(types: Types, entry: BodyEntry, codec: 'form' | 'multipart'): Record<string, EncodingPlan> {
  const plans: Record<string, EncodingPlan> = {};
  const view = objectView(types.translate(entry.schema), types.lookup);
  for (const [name, property] of Object.entries(view?.properties ?? {})) {
    if (codec === 'multipart' && isFile(property, types)) put(plans, name, { file: true });
  }
  for (const [name, value] of Object.entries(entry.encoding)) {
    put(plans, name, { ...(Object.hasOwn(plans, name) ? plans[name] : {}), ...encodingPlan(value) });
  }
  return plans;
}

/** What one Encoding Object says (OpenAPI 3.1 §4.8.15), but for its headers. */
export function encodingPlan(value: unknown): EncodingPlan {
  const raw = rawObject(value);
  const style = styleOf(raw.style);
  const contentType = rawText(raw.contentType);
  const usual = style === undefined ? undefined : style === 'form' || style === 'deepObject';
  const explode = typeof raw.explode === 'boolean' ? raw.explode : usual;
  return {
    ...(contentType === undefined ? {} : { contentType }),
    ...(style === undefined ? {} : { style }),
    ...(explode === undefined ? {} : { explode }),
    ...(raw.allowReserved === true ? { allowReserved: true } : {}),
  };
}

/** Whether a schema is a file, or a list of files, where bytes can be sent. */
export function isFile(schema: JsonSchema, types: Types): boolean {
  const target = resolved(schema, types.lookup);
  if (target === undefined) return false;
  if (target.items !== undefined && target.type === 'array') return isFile(target.items, types);
  if (target.format === 'binary') return true;
  // OpenAPI 3.1 §4.8.14.3: a media type and no encoding means raw bytes.
  return target.contentMediaType !== undefined && target.contentEncoding === undefined && target.type !== 'object';
}
