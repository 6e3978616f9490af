import { locationOf, pointerTo, put, type RawObject, rawArray } from '../load/index.js';
import type { Types } from '../types/index.js';
import type { BodyEntry } from './body.js';
import { byPreference, codecOf } from './media.js';
import type { Operation } from './operations.js';
import type { BodyParameter } from './parameters.js';
import { serialisation } from './style.js';

/** A body of Swagger 2.0, told as OpenAPI 3 tells it. */
interface SwaggerBody {
  readonly entries: readonly BodyEntry[];
  readonly raw: RawObject;
}

/** `in: body` and `in: formData` parameters, in the media types that `consumes` lists. */
export function swaggerEntries(
  types: Types,
  operation: Operation,
  parameters: readonly BodyParameter[],
): SwaggerBody | undefined {
  const { descriptor, findings } = types.documents;
  const listed = rawArray(operation.raw.consumes ?? descriptor.consumes);
  const consumes = listed.filter((item) => typeof item === 'string');
  const body = parameters.find((parameter) => parameter.in === 'body');
  const fields = parameters.filter((parameter) => parameter.in === 'formData');
  if (body === undefined) return fields.length === 0 ? undefined : formEntries(operation, fields, consumes);
  if (fields.length > 0) {
    const where = { operation: operation.label, location: locationOf(operation.site) };
    findings.warn('BODY_TWICE', 'The operation has a body and form fields; the fields were left out.', where);
  }
  const usable = consumes.filter((mediaType) => !['form', 'multipart'].includes(codecOf(mediaType)));
  const mediaTypes = usable.length > 0 ? usable : ['application/json'];
  const schema = {
    value: body.raw.schema,
    site: { ...body.site, pointer: pointerTo(body.site.pointer, 'schema') },
  };
  const entries = byPreference(mediaTypes, String).map((mediaType) => ({
    mediaType,
    schema,
    encoding: {},
    mediaSite: body.site,
  }));
  return { entries, raw: body.raw };
}

function formEntries(operation: Operation, fields: readonly BodyParameter[], consumes: readonly string[]): SwaggerBody {
  const properties: Record<string, unknown> = {};
  const encoding: Record<string, unknown> = {};
  for (const { name, raw } of fields) {
    put(properties, name, { ...raw, name: undefined, in: undefined, required: undefined });
    if (raw.type === 'array') put(encoding, name, serialisation(raw, 'query'));
  }
  const required = fields.filter(({ raw }) => raw.required === true).map(({ name }) => name);
  const codecs = consumes.map(codecOf);
  const hasFile = fields.some(({ raw }) => raw.type === 'file');
  const multipart = hasFile || (codecs.includes('multipart') && !codecs.includes('form'));
  const mediaType = multipart ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  const site = { ...operation.site, pointer: pointerTo(operation.site.pointer, 'parameters') };
  const schema = { value: { type: 'object', properties, required }, site };
  return { entries: [{ mediaType, schema, encoding, mediaSite: site }], raw: { required: required.length > 0 } };
}
