/**
 * The request plan: how one operation is called, worked out at discovery from the descriptor and stored as the method's
 * `binding`. It is plain JSON and complete: a call reads nothing else.
 */
import type { JsonSchema } from '../../config/model/json-schema.js';

export interface RequestPlan {
  /** Upper case, such as `GET`. */
  readonly verb: string;
  /** Absolute base URL without a trailing slash, or '' when the descriptor names none and `Service URL` must. */
  readonly server: string;
  /** The path template, cut up: literal text as it goes on the wire, and parameters. */
  readonly path: readonly (string | ParameterPlan)[];
  readonly query: readonly ParameterPlan[];
  readonly headers: readonly ParameterPlan[];
  readonly cookies: readonly ParameterPlan[];
  /** `Accept`; absent when the operation declares no answer with content. */
  readonly accept?: string;
  readonly body?: BodyPlan;
  readonly answers: readonly AnswerPlan[];
  /** Set for a list: where its items are and how its pages follow one another. */
  readonly list?: ListPlan;
}

/** OpenAPI 3.1 §4.8.12.2; `tsv` is Swagger 2.0's tab-separated collection format. */
export type ParameterStyle =
  | 'simple'
  | 'label'
  | 'matrix'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject'
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

export type Codec = 'json' | 'form' | 'multipart' | 'text' | 'binary' | 'xml' | 'event-stream' | 'json-lines' | 'none';

export interface BodyPlan {
  readonly required: boolean;
  /** In order of preference; the first is used unless the call's input says otherwise by `$contentType`. */
  readonly media: readonly [MediaPlan, ...MediaPlan[]];
}

export interface MediaPlan {
  readonly mediaType: string;
  readonly codec: Codec;
  readonly source: BodySource;
  /** For `form` and `multipart`: how each property is written (OpenAPI 3.1 §4.8.15), by wire name. */
  readonly encoding?: Readonly<Record<string, EncodingPlan>>;
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
}

export interface ListPlan {
  /** Property names from the answer's root to the array of items; empty when the answer is the array. */
  readonly items: readonly string[];
  /** The answer is one object for each page but the items are the values of a map (wire key → item). */
  readonly map?: boolean;
  readonly paging?: PagingPlan;
}

/** How the next page is asked for. `from` are property paths in the answer; `input`s are input names. */
export type PagingPlan =
  | { readonly style: 'link-header' }
  | { readonly style: 'next-url'; readonly from: readonly string[] }
  | {
      readonly style: 'cursor';
      readonly from: readonly string[];
      readonly input: string;
      /** Where the answer says whether there is another page, when it does: `false` there ends the list, whatever the cursor. */
      readonly more?: readonly string[];
    }
  | { readonly style: 'last-item'; readonly more: readonly string[]; readonly key: string; readonly input: string }
  | { readonly style: 'page'; readonly input: string; readonly size?: string; readonly first: 0 | 1 }
  | { readonly style: 'offset'; readonly input: string; readonly size?: string };

/** How a value is written as XML (OpenAPI 3.1 §4.8.26), for a schema and its properties. */
export interface XmlPlan {
  readonly name?: string;
  readonly namespace?: string;
  readonly prefix?: string;
  readonly attribute?: boolean;
  readonly wrapped?: boolean;
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  /** By property name. A recursive schema refers back by `ref`. */
  readonly properties?: Readonly<Record<string, XmlPlan>>;
  readonly items?: XmlPlan;
  /** Name in the nearest enclosing `defs`. */
  readonly ref?: string;
  readonly defs?: Readonly<Record<string, XmlPlan>>;
}
