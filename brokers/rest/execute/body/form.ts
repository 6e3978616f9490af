import { fileBytes, isFile } from '../../../file-bytes.js';
import { isJsonType } from '../../../http/media-type.js';
import { inputInvalid } from '../../../input-error.js';
import { type Encode, encodeAllowingReservedInQuery, percentEncode } from '../../../percent-encode.js';
import type { EncodingPlan } from '../../plan.js';
import { stringifyJson } from '../json/json.js';
import { isAbsent, isRecord } from '../scalar.js';
import { type Pair, pairs } from '../style.js';

/** How each property is written, by wire name. */
export type Encodings = Readonly<Record<string, EncodingPlan>>;

export function encodingOf(encodings: Encodings | undefined, name: string): EncodingPlan {
  return encodings !== undefined && Object.hasOwn(encodings, name) ? (encodings[name] ?? {}) : {};
}

/**
 * A value as `application/x-www-form-urlencoded` (OpenAPI 3.1 §4.8.15). Without an encoding: scalars as they are, a list as its
 * items one by one, an object as JSON. A list that is the whole form is written under the input's name; a text goes as it is, for it is a
 * form already.
 */
export function formBody(value: unknown, encodings: Encodings | undefined, input: string): string {
  if (typeof value === 'string') return value;
  const fields = Array.isArray(value) ? { [input]: value } : value;
  if (!isRecord(fields)) throw inputInvalid(input, 'must be an object to be sent as a form');
  try {
    return Object.entries(fields)
      .flatMap(([name, member]) => formPairs(name, member, encodingOf(encodings, name)))
      .map((pair) => pair.join('='))
      .join('&');
  } catch (error) {
    if (error instanceof URIError) throw inputInvalid(input, 'has half of a surrogate pair, which is no text', error);
    throw error;
  }
}

function formPairs(name: string, value: unknown, encoding: EncodingPlan): Pair[] {
  if (isAbsent(value)) return [];
  const encode: Encode = encoding.allowReserved === true ? encodeAllowingReservedInQuery : percentEncode;
  if (encoding.file === true && isFile(value))
    return [[percentEncode(name), encode(fileBytes(value, name).toString())]];
  const styled = encoding.style !== undefined || encoding.explode !== undefined || encoding.allowReserved !== undefined;
  const asJson =
    encoding.contentType === undefined ? !styled && isRecord(value) : !styled && isJsonType(encoding.contentType);
  if (asJson) return [[percentEncode(name), encode(stringifyJson(value) ?? '')]];
  const { style = 'form', explode = style === 'form' || style === 'deepObject' } = encoding;
  return pairs({ name, style, explode }, value, encode, percentEncode);
}
