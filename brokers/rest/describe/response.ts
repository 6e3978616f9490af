import { fileSchema } from '../../../config/model/file-value.js';
import type { JsonSchema } from '../../../config/model/json-schema.js';
import { type Located, rawArray, rawObject } from '../load/index.js';
import type { AnswerPlan } from '../plan.js';
import { itemsOf, type Types } from '../types/index.js';
import { below } from './below.js';
import { eventItem } from './event-item.js';
import { isFile } from './form.js';
import { byPreference, codecOf } from './media.js';
import type { Operation } from './operations.js';
import { xmlPlan } from './xml-plan.js';

/** One media type of a response, read. */
export interface ReadContent {
  readonly mediaType: string;
  /** How it is decoded. */
  readonly plan: Pick<AnswerPlan, 'codec' | 'xml' | 'event'>;
  readonly schema: JsonSchema;
  /** The body is a stream of items, of which `schema` describes one. */
  readonly streamed: boolean;
}

/** One media type of a response, as the document has it. */
interface Content {
  readonly mediaType: string;
  readonly schema: Located | undefined;
  /** The schema is of one item (OpenAPI 3.2 `itemSchema`). */
  readonly ofItem: boolean;
}

/** Reads response objects. */
export class ResponseReader {
  readonly #types: Types;
  readonly #headers = new Map<unknown, Record<string, JsonSchema>>();

  constructor(types: Types) {
    this.#types = types;
  }

  /** The media types, the preferred one first. */
  contents(response: Located, operation: Operation): ReadContent[] {
    const contents =
      this.#types.documents.dialect === 'swagger-2.0'
        ? this.#produced(response, operation)
        : this.#declared(response, operation);
    return byPreference(contents, ({ mediaType }) => mediaType).map((content) => this.#read(content));
  }

  /** The declared headers by name; a response that many operations share is read once. */
  headers(response: Located, operation: Operation): Readonly<Record<string, JsonSchema>> {
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

  /** Swagger 2.0: one schema, in each of the media types that the operation produces. */
  #produced(response: Located, operation: Operation): Content[] {
    const raw = rawObject(response.value);
    if (raw.schema === undefined) return [];
    const { descriptor } = this.#types.documents;
    const produces = rawArray(operation.raw.produces ?? descriptor.produces).filter((type) => typeof type === 'string');
    const schema = { value: raw.schema, site: below(response.site, 'schema') };
    const mediaTypes = produces.length > 0 ? produces : ['application/json'];
    return mediaTypes.map((mediaType) => ({ mediaType, schema, ofItem: false }));
  }

  #declared(response: Located, operation: Operation): Content[] {
    return Object.entries(rawObject(rawObject(response.value).content)).map(([mediaType, value]): Content => {
      const media = this.#types.documents.follow(
        { value, site: below(response.site, 'content', mediaType) },
        operation.label,
      );
      const raw = rawObject(media?.value);
      const ofItem = raw.itemSchema !== undefined;
      const key = ofItem ? 'itemSchema' : 'schema';
      const schema =
        media === undefined || raw[key] === undefined ? undefined : { value: raw[key], site: below(media.site, key) };
      return { mediaType, schema, ofItem };
    });
  }

  #read({ mediaType, schema, ofItem }: Content): ReadContent {
    const codec = codecOf(mediaType);
    const event =
      codec === 'event-stream' && ofItem && schema !== undefined ? eventItem(this.#types, schema) : undefined;
    if (event !== undefined)
      return { mediaType, plan: { codec, event: event.kind }, schema: event.schema, streamed: true };
    const translated = schema === undefined ? {} : this.#types.translate(schema);
    const file = schema !== undefined && isFile(translated, this.#types);
    if (codec === 'binary' || codec === 'multipart' || (file && codec !== 'text'))
      return { mediaType, plan: { codec: 'binary' }, schema: fileSchema, streamed: false };
    if (codec === 'text') {
      const text: JsonSchema = file || schema === undefined ? { type: 'string' } : translated;
      return { mediaType, plan: { codec }, schema: text, streamed: false };
    }
    const streamed = codec === 'json-lines' || codec === 'json-seq' || codec === 'event-stream';
    const items = streamed && !ofItem ? itemsOf(translated, this.#types.lookup) : undefined;
    const xml = codec === 'xml' && schema !== undefined ? { xml: xmlPlan(this.#types, schema) } : {};
    return { mediaType, plan: { codec, ...xml }, schema: items ?? translated, streamed };
  }
}
