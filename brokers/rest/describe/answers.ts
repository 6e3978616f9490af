import { fileSchema } from '../../../config/model/file-value.js';
import type { JsonSchema } from '../../../config/model/json-schema.js';
import { type Located, pointerTo, rawArray, rawObject, type Site } from '../load/index.js';
import type { AnswerPlan, Codec } from '../plan.js';
import { itemsOf, type Types } from '../types/index.js';
import { isFile } from './form.js';
import { byPreference, codecOf } from './media.js';
import type { Operation } from './operations.js';
import { xmlPlan } from './xml-plan.js';

/** What an operation answers. */
export interface Answers {
  readonly plans: readonly AnswerPlan[];
  /** The body of a success; `false` when there is none. */
  readonly output: JsonSchema;
  readonly accept?: string;
  /** The answer is a stream of items, not one value that holds them. */
  readonly streamed: boolean;
  /** The declared headers of a success, as a schema, when there are any that a caller may want. */
  readonly headers?: Readonly<Record<string, JsonSchema>>;
  /** Whether a success carries a `Link` header. */
  readonly linked: boolean;
}

/** Headers that are the transport's business, or that every answer of some services has. */
const PLUMBING =
  /^(content-(type|length|encoding)|date|server|connection|vary|cache-control|link|x-?rate-?limit.*|ratelimit.*|x-request-id|x-runtime|access-control-.*|transfer-encoding)$/i;

interface Content {
  readonly mediaType: string;
  readonly schema: Located | undefined;
}

/** Reads the answers of operations; a response that many share is read once. */
export class AnswerReader {
  readonly #types: Types;
  readonly #headers = new Map<unknown, Record<string, JsonSchema>>();

  constructor(types: Types) {
    this.#types = types;
  }

  of(operation: Operation): Answers {
    const responses = Object.entries(rawObject(operation.raw.responses)).filter(([status]) =>
      /^([1-5](\d\d|XX)|default)$/i.test(status),
    );
    const success = successOf(responses.map(([status]) => status));
    const plans: AnswerPlan[] = [];
    const outputs = new Map<string, JsonSchema>();
    const accept = new Set<string>();
    let headers: Record<string, JsonSchema> | undefined;
    let linked = false;
    let streamed = false;
    for (const [status, value] of responses) {
      const place = { ...operation.site, pointer: pointerTo(pointerTo(operation.site.pointer, 'responses'), status) };
      const response = this.#types.documents.follow({ value, site: place }, operation.label);
      const isSuccess = success.includes(status);
      if (!isSuccess) continue;
      const contents =
        response === undefined
          ? [{ mediaType: 'application/json', schema: undefined }]
          : this.#contents(response, operation);
      const declared = response === undefined ? {} : this.#declaredHeaders(response, operation);
      linked ||= Object.keys(declared).some((name) => name.toLowerCase() === 'link');
      const wanted = Object.entries(declared).filter(([name]) => !PLUMBING.test(name));
      if (wanted.length > 0) headers ??= Object.fromEntries(wanted);
      const withHeaders = wanted.length > 0 ? { headers: wanted.map(([name, schema]) => ({ name, schema })) } : {};
      if (contents.length === 0)
        plans.push({ status, codec: operation.verb === 'GET' && bodied(status) ? 'json' : 'none', ...withHeaders });
      for (const [index, content] of contents.entries()) {
        const read = this.#read(content);
        plans.push({ status, mediaType: content.mediaType, codec: read.codec, ...(read.xml ?? {}), ...withHeaders });
        accept.add(content.mediaType);
        // Media types of one status are forms of one value: the preferred one tells its type.
        if (index > 0) continue;
        outputs.set(JSON.stringify(read.schema), read.schema);
        streamed = read.streamed;
      }
      if (contents.length === 0 && operation.verb === 'GET' && bodied(status)) outputs.set('{}', {});
    }
    return {
      plans,
      output: unite([...outputs.values()]),
      ...(accept.size > 0 ? { accept: [...accept].join(', ') } : {}),
      streamed,
      ...(headers === undefined ? {} : { headers }),
      linked,
    };
  }

  #contents(response: Located, operation: Operation): Content[] {
    const raw = rawObject(response.value);
    if (this.#types.documents.dialect === 'swagger-2.0') {
      if (raw.schema === undefined) return [];
      const { descriptor } = this.#types.documents;
      const produces = rawArray(operation.raw.produces ?? descriptor.produces).filter(
        (type) => typeof type === 'string',
      );
      const schema = { value: raw.schema, site: below(response.site, 'schema') };
      return byPreference(produces.length > 0 ? produces : ['application/json'], String).map((mediaType) => ({
        mediaType,
        schema,
      }));
    }
    const contents = Object.entries(rawObject(raw.content)).map(([mediaType, value]): Content => {
      const media = this.#types.documents.follow(
        { value, site: below(response.site, 'content', mediaType) },
        operation.label,
      );
      const rawMedia = rawObject(media?.value);
      const key = rawMedia.itemSchema === undefined ? 'schema' : 'itemSchema';
      const schema =
        media === undefined || rawMedia[key] === undefined
          ? undefined
          : { value: rawMedia[key], site: below(media.site, key) };
      return { mediaType, schema };
    });
    return byPreference(contents, ({ mediaType }) => mediaType);
  }

  #read({ mediaType, schema }: Content): {
    codec: Codec;
    schema: JsonSchema;
    streamed: boolean;
    xml?: { xml: ReturnType<typeof xmlPlan> };
  } {
    const codec = codecOf(mediaType);
    const translated = schema === undefined ? {} : this.#types.translate(schema);
    const file = schema !== undefined && isFile(translated, this.#types);
    if (codec === 'binary' || codec === 'multipart' || (file && codec !== 'text'))
      return { codec: 'binary', schema: fileSchema, streamed: false };
    if (codec === 'text')
      return { codec, schema: file || schema === undefined ? { type: 'string' } : translated, streamed: false };
    const streamed = codec === 'json-lines' || codec === 'event-stream';
    const items = streamed ? itemsOf(translated, (name) => this.#types.lookup(name)) : undefined;
    const xml = codec === 'xml' && schema !== undefined ? { xml: { xml: xmlPlan(this.#types, schema) } } : {};
    return { codec, schema: items ?? translated, streamed, ...xml };
  }

  #declaredHeaders(response: Located, operation: Operation): Record<string, JsonSchema> {
    const raw = rawObject(rawObject(response.value).headers);
    const known = this.#headers.get(raw);
    if (known !== undefined) return known;
    const headers: Record<string, JsonSchema> = {};
    for (const [name, value] of Object.entries(raw)) {
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || name === '__proto__') continue;
      const header = this.#types.documents.follow(
        { value, site: below(response.site, 'headers', name) },
        operation.label,
      );
      if (header === undefined) continue;
      const own = rawObject(header.value);
      const schema =
        own.schema === undefined
          ? { value: { ...own, required: undefined }, site: header.site }
          : { value: own.schema, site: below(header.site, 'schema') };
      const translated = this.#types.translate(schema);
      const description = typeof own.description === 'string' ? { description: own.description } : {};
      headers[name] = typeof translated === 'boolean' ? translated : { ...translated, ...description };
    }
    this.#headers.set(raw, headers);
    return headers;
  }
}

/** The statuses that mean success: all `2…`, or `default` when the operation names none of them. */
function successOf(statuses: readonly string[]): string[] {
  const success = statuses.filter((status) => status.startsWith('2'));
  if (success.length > 0) return success;
  return statuses.filter((status) => status === 'default');
}

const bodied = (status: string): boolean => status !== '204' && status !== '205';

function below(site: Site, ...steps: string[]): Site {
  return { ...site, pointer: steps.reduce(pointerTo, site.pointer) };
}

/** Several success answers: any of their bodies. */
function unite(outputs: readonly JsonSchema[]): JsonSchema {
  const [first, ...others] = outputs;
  if (first === undefined) return false;
  return others.length === 0 ? first : { anyOf: [...outputs] };
}
