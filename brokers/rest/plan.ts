/**
 * The request plan: how one operation is called, worked out at discovery from the descriptor and stored as the method's
 * `binding`. It is plain JSON and complete: a call reads nothing else.
 */
import type { JsonSchema } from '../../config/model/json-schema.js';
import type { PagingPlan } from '../../config/model/paging-plan.js';

export type { PagingPlan } from '../../config/model/paging-plan.js';

export interface RequestPlan {
  /** Upper case, such as `GET`. */
  readonly verb: string;
  /** Absolute base URL without a trailing slash, or '' when the descriptor names none and `Service URL` must. */
  readonly server: string;
  /** The path template, cut up: literal text as it goes on the wire, and parameters. */
  readonly path: readonly (string | ParameterPlan)[];
  readonly query: readonly ParameterPlan[];
  /** The whole query string out of one input (OpenAPI 3.2 §4.12.1, `in: querystring`); set with an empty `query` only. */
  readonly queryString?: ParameterPlan;
  readonly headers: readonly ParameterPlan[];
  readonly cookies: readonly ParameterPlan[];
  /** `Accept`; absent when the operation declares no answer with content. */
  readonly accept?: string;
  readonly body?: BodyPlan;
  readonly answers: readonly AnswerPlan[];
  /** The error answers that the descriptor declares: how their bodies are read and what they are called. */
  readonly errors?: readonly ErrorPlan[];
  /** Set for a list: where its items are and how its pages follow one another. */
  readonly list?: ListPlan;
  /** Values of inputs that must be sent and need not be given, by input name. */
  readonly defaults?: Readonly<Record<string, unknown>>;
}

/**
 * OpenAPI 3.1 §4.8.12.2. `cookie` is OpenAPI 3.2's: as `form`, but nothing is escaped. `tsv` is Swagger 2.0's tab-separated
 * collection format.
 */
export type ParameterStyle =
  | 'simple'
  | 'label'
  | 'matrix'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject'
  | 'cookie'
  | 'tsv';

export interface ParameterPlan {
  /** The name on the wire. */
  readonly name: string;
  /** The name of the input property that feeds it. */
  readonly input: string;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly allowReserved?: boolean;
  /** Set for a `content` parameter: the value is serialised in this media type, then put in place as a string. */
  readonly mediaType?: string;
  /** Send `name=` when the value is empty (Swagger 2.0 `allowEmptyValue`). */
  readonly allowEmpty?: boolean;
}

export type Codec =
  | 'json'
  | 'form'
  | 'multipart'
  | 'text'
  | 'binary'
  | 'xml'
  | 'event-stream'
  | 'json-lines'
  | 'json-seq'
  | 'none';

export interface BodyPlan {
  readonly required: boolean;
  /** In order of preference; the first is used unless the call's input says otherwise by `$contentType`. */
  readonly media: readonly [MediaPlan, ...MediaPlan[]];
}

export interface MediaPlan {
  readonly mediaType: string;
  readonly codec: Codec;
  readonly source: BodySource;
  /** For `binary`: the bytes go as base64 text (`format: byte`, or `contentEncoding: base64` in OpenAPI 3.1). */
  readonly base64?: boolean;
  /** For `form` and `multipart`: how each property is written (OpenAPI 3.1 §4.8.15), by wire name. */
  readonly encoding?: Readonly<Record<string, EncodingPlan>>;
  /** For `multipart` out of a list: how each of the first parts is written, and how the others are (OpenAPI 3.2 §4.14.4). */
  readonly prefixEncoding?: readonly EncodingPlan[];
  readonly itemEncoding?: EncodingPlan;
  readonly xml?: XmlPlan;
}

/** Where the body comes from: one input whole, or an object put together from inputs (wire name → input name). */
export type BodySource = { readonly input: string } | { readonly properties: Readonly<Record<string, string>> };

export interface EncodingPlan {
  readonly contentType?: string;
  readonly style?: ParameterStyle;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  /** The value is a file (`FileValue`), or a list of them. */
  readonly file?: boolean;
  readonly headers?: readonly ParameterPlan[];
}

export interface AnswerPlan {
  /** `200`, `2XX` or `default`; the most exact one that matches wins. */
  readonly status: string;
  /** The media type, or a range such as `image/*`; absent: any. */
  readonly mediaType?: string;
  readonly codec: Codec;
  readonly xml?: XmlPlan;
  /** Declared headers, to be given as `$headers` in the result. */
  readonly headers?: readonly { readonly name: string; readonly schema: JsonSchema }[];
  /**
   * For an event stream, what an item is: the event's data (the default), or the whole event as an object of `event`, `data`,
   * `id` and `retry` (OpenAPI 3.2 §4.14.4), its data as text or read as JSON.
   */
  readonly event?: 'data' | 'object' | 'object-of-json';
}

/** How an error answer is read: as an answer, and told by its schema's name. */
export interface ErrorPlan extends AnswerPlan {
  /** The named type of the body, when it has one. */
  readonly type?: string;
}

export interface ListPlan {
  /** Property names from the answer's root to the array of items; empty when the answer is the array. */
  readonly items: readonly string[];
  /** The answer is one object for each page but the items are the values of a map (wire key → item). */
  readonly map?: boolean;
  readonly paging?: PagingPlan;
}

/** How a value is written as XML (OpenAPI 3.1 §4.8.26), for a schema and its properties. */
export interface XmlPlan {
  readonly name?: string;
  readonly namespace?: string;
  readonly prefix?: string;
  readonly attribute?: boolean;
  readonly wrapped?: boolean;
  /** The value is the text inside the element, beside its attributes (OpenAPI 3.2 §4.26.1, `nodeType: text` or `cdata`). */
  readonly text?: boolean;
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  /** By property name. A recursive schema refers back by `ref`. */
  readonly properties?: Readonly<Record<string, XmlPlan>>;
  readonly items?: XmlPlan;
  /** Name in the nearest enclosing `defs`. */
  readonly ref?: string;
  readonly defs?: Readonly<Record<string, XmlPlan>>;
}
