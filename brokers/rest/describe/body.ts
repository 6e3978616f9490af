import { fileSchema } from '../../../config/model/file-value.js';
import type { JsonSchema } from '../../../config/model/json-schema.js';
import {
  isRawObject,
  type Located,
  locationOf,
  pointerTo,
  put,
  type RawObject,
  rawObject,
  rawText,
  type Site,
} from '../load/index.js';
import type { Codec, MediaPlan } from '../plan.js';
import { goesThrough, type ObjectView, objectView, resolved, type Types } from '../types/index.js';
import { encodingPlan, encodings, isFile } from './form.js';
import { byPreference, codecOf } from './media.js';
import type { Operation } from './operations.js';
import type { BodyParameter } from './parameters.js';
import { type PartHeader, partHeaders } from './part-headers.js';
import { swaggerEntries } from './swagger-body.js';
import { xmlPlan } from './xml-plan.js';

/** A request body, before it is known which inputs feed it. */
export interface BodyDraft {
  readonly required: boolean;
  readonly description?: string;
  /** In order of preference; all take the same values as the first. */
  readonly media: readonly [MediaDraft, ...MediaDraft[]];
  readonly schema: JsonSchema;
  /** Set when the body is an object whose properties can be inputs of their own. */
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly requiredProperties: ReadonlySet<string>;
  /** What the input that takes the whole body is called. */
  readonly name: string;
}

export interface MediaDraft extends Omit<MediaPlan, 'source'> {
  readonly partHeaders?: readonly PartHeader[];
}

/** One media type of a body, as the descriptor declares it. */
export interface BodyEntry {
  readonly mediaType: string;
  readonly schema: Located;
  readonly encoding: RawObject;
  /** Where the Media Type Object stands. */
  readonly mediaSite: Site;
  /** Set where the body is a sequence and the schema is that of one item (OpenAPI 3.2 §4.14.2, `itemSchema`). */
  readonly sequence?: boolean;
  /** How the parts of a multipart body are written that is a list (OpenAPI 3.2 §4.14.4). */
  readonly positional?: Pick<MediaPlan, 'prefixEncoding' | 'itemEncoding'>;
}

/** The request body of an operation, or undefined when it has none. */
export function bodyOf(
  types: Types,
  operation: Operation,
  parameters: readonly BodyParameter[],
): BodyDraft | undefined {
  if (operation.verb === 'TRACE') return undefined;
  const { documents } = types;
  if (documents.dialect === 'swagger-2.0') {
    const swagger = swaggerEntries(types, operation, parameters);
    return swagger && draft(types, operation, swagger.entries, swagger.raw);
  }
  if (operation.raw.requestBody === undefined) return undefined;
  const place = { ...operation.site, pointer: pointerTo(operation.site.pointer, 'requestBody') };
  const found = documents.follow({ value: operation.raw.requestBody, site: place }, operation.label);
  if (found === undefined) return untyped(false);
  const raw = rawObject(found.value);
  const at = pointerTo(found.site.pointer, 'content');
  const entries = Object.entries(rawObject(raw.content)).map(([mediaType, value]): BodyEntry => {
    const located = { value, site: { ...found.site, pointer: pointerTo(at, mediaType) } };
    const media = documents.follow(located, operation.label) ?? { value: {}, site: located.site };
    const rawMedia = rawObject(media.value);
    // OpenAPI 3.2 describes the items of a stream.
    const sequence = rawMedia.schema === undefined && rawMedia.itemSchema !== undefined;
    const key = sequence ? 'itemSchema' : 'schema';
    const schema = { value: rawMedia[key], site: { ...media.site, pointer: pointerTo(media.site.pointer, key) } };
    const encoding = rawObject(rawMedia.encoding);
    return { mediaType, schema, encoding, mediaSite: media.site, sequence, positional: positionalOf(rawMedia) };
  });
  return draft(
    types,
    operation,
    byPreference(entries, ({ mediaType }) => mediaType),
    raw,
  );
}

function positionalOf({ prefixEncoding, itemEncoding }: RawObject): NonNullable<BodyEntry['positional']> {
  return {
    ...(Array.isArray(prefixEncoding) ? { prefixEncoding: prefixEncoding.map(encodingPlan) } : {}),
    ...(isRawObject(itemEncoding) ? { itemEncoding: encodingPlan(itemEncoding) } : {}),
  };
}

function draft(
  types: Types,
  operation: Operation,
  entries: readonly BodyEntry[],
  raw: RawObject,
): BodyDraft | undefined {
  const chosen = preferred(types, entries);
  if (chosen === undefined) return undefined;
  const codec = codecFor(chosen, types);
  const schema = bodySchema(types, chosen, codec);
  const view = codec === 'binary' || codec === 'text' ? undefined : objectView(schema, types.lookup);
  const flat = view?.plain === true && Object.keys(view.properties).length > 0;
  // Another media type can stand in only when it takes the same values.
  const same = entries.filter((entry) => entry !== chosen && isSame(types, entry, chosen, codec));
  warnOthers(
    types,
    operation,
    chosen,
    entries.filter((entry) => entry !== chosen && !same.includes(entry)),
  );
  const description = rawText(raw.description);
  const name = rawText(raw['x-codegen-request-body-name']) ?? rawText(operation.raw['x-codegen-request-body-name']);
  return {
    required: raw.required === true,
    ...(description === undefined ? {} : { description }),
    media: [mediaDraft(types, chosen, operation), ...same.map((entry) => mediaDraft(types, entry, operation))],
    schema,
    ...(flat ? { properties: inputs(types, withUndeclared(view), codec) } : {}),
    requiredProperties: view?.required ?? new Set(),
    name: name ?? 'body',
  };
}

/** Says which media types cannot be chosen. */
function warnOthers(types: Types, operation: Operation, chosen: BodyEntry, others: readonly BodyEntry[]): void {
  if (others.length === 0) return;
  const names = others.map(({ mediaType }) => mediaType).join(', ');
  const message = `The body is sent as ${chosen.mediaType}; ${names} would take other values and cannot be chosen.`;
  const where = { operation: operation.label, location: locationOf(operation.site) };
  types.documents.findings.warn('MEDIA_TYPE_LEFT_OUT', message, where);
}

/** A body about which nothing is known. */
function untyped(required: boolean): BodyDraft {
  const media = [{ mediaType: 'application/json', codec: 'json' }] as const;
  return { required, media, schema: {}, requiredProperties: new Set(), name: 'body' };
}

/** The most preferred entry; a form that takes files is better than JSON that cannot. */
function preferred(types: Types, entries: readonly BodyEntry[]): BodyEntry | undefined {
  const withFiles = entries.find((entry) => codecOf(entry.mediaType) === 'multipart' && takesFiles(types, entry));
  return withFiles ?? entries.find(({ schema }) => schema.value !== undefined) ?? entries[0];
}

function takesFiles(types: Types, { schema }: BodyEntry): boolean {
  const view = objectView(types.translate(schema), types.lookup);
  return view !== undefined && Object.values(view.properties).some((property) => isFile(property, types));
}

/**
 * A body of any media type is bytes when its schema is a file. One of bytes or text whose schema is an object with properties is
 * written as JSON: OpenAPI says nothing of it, and whoever wrote the schema means them.
 */
function codecFor({ mediaType, schema }: BodyEntry, types: Types): Codec {
  const codec = codecOf(mediaType);
  if (schema.value === undefined) return codec;
  if (codec === 'json' && mediaType.includes('*') && isFile(types.translate(schema), types)) return 'binary';
  if (codec !== 'binary' && codec !== 'text') return codec;
  const view = objectView(types.translate(schema), types.lookup);
  return view !== undefined && Object.keys(view.properties).length > 0 ? 'json' : codec;
}

function bodySchema(types: Types, { schema, sequence }: BodyEntry, codec: Codec): JsonSchema {
  if (codec === 'binary') return fileSchema;
  if (codec === 'text' && schema.value === undefined) return { type: 'string' };
  const translated = types.translate(schema);
  const isLines = LINES.has(codec) && typeof translated === 'object' && translated.type !== 'array';
  if (sequence !== true && !isLines) return translated;
  const items = codec === 'multipart' && isFile(translated, types) ? fileSchema : translated;
  return { type: 'array', items };
}

/** Codecs of sequences, whose schema is often that of one item though it is called `schema`. */
const LINES: ReadonlySet<Codec> = new Set<Codec>(['json-lines', 'json-seq']);

/** The properties, and those that are required without being declared, which may be anything. */
function withUndeclared({ properties, required }: ObjectView): Readonly<Record<string, JsonSchema>> {
  const missing = [...required].filter((name) => !Object.hasOwn(properties, name));
  return missing.length === 0
    ? properties
    : { ...properties, ...Object.fromEntries(missing.map((name) => [name, {}])) };
}

/** The properties that are inputs; files where the form takes some. */
function inputs(
  types: Types,
  properties: Readonly<Record<string, JsonSchema>>,
  codec: Codec,
): Record<string, JsonSchema> {
  const result: Record<string, JsonSchema> = {};
  for (const [name, schema] of Object.entries(properties)) {
    if (!goesThrough(schema, 'input', types.lookup)) continue;
    put(result, name, codec === 'multipart' && isFile(schema, types) ? asFile(schema) : schema);
  }
  return result;
}

function asFile(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return fileSchema;
  const description = schema.description === undefined ? {} : { description: schema.description };
  return schema.items === undefined ? { ...fileSchema, ...description } : { ...schema, items: asFile(schema.items) };
}

function isSame(types: Types, entry: BodyEntry, chosen: BodyEntry, codec: Codec): boolean {
  const own = codecFor(entry, types);
  for (const apart of ['binary', 'text', 'json-lines', 'json-seq', 'event-stream'] as const) {
    if ((own === apart) !== (codec === apart)) return false;
  }
  if (codec === 'multipart' && own !== 'multipart' && takesFiles(types, chosen)) return false;
  if (own === 'multipart' && codec !== 'multipart' && takesFiles(types, entry)) return false;
  if (entry.schema.value === chosen.schema.value) return true;
  return JSON.stringify(entry.schema.value) === JSON.stringify(chosen.schema.value);
}

function mediaDraft(types: Types, entry: BodyEntry, operation: Operation): MediaDraft {
  const codec = codecFor(entry, types);
  const encoding = codec === 'form' || codec === 'multipart' ? encodings(types, entry, codec) : {};
  const xml = codec === 'xml' && entry.schema.value !== undefined ? { xml: xmlPlan(types, entry.schema) } : {};
  const headers = codec === 'multipart' ? partHeaders(types, entry, operation) : [];
  return {
    mediaType: entry.mediaType.trim(),
    codec,
    ...(codec === 'binary' && isBase64(types, entry.schema) ? { base64: true } : {}),
    ...(Object.keys(encoding).length > 0 ? { encoding } : {}),
    ...(codec === 'multipart' ? entry.positional : {}),
    ...(headers.length > 0 ? { partHeaders: headers } : {}),
    ...xml,
  };
}

/** Whether the schema of a body of bytes says that they are sent as base64 text. */
function isBase64(types: Types, schema: Located): boolean {
  const target = resolved(types.translate(schema), types.lookup);
  return target?.contentEncoding === 'base64';
}
