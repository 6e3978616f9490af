import { asBytes, hasControl, headerText } from '../../header-text.js';
import { isJsonType } from '../../http/media-type.js';
import { inputInvalid } from '../../input-error.js';
import {
  type Encode,
  encodeAllowingReservedInPath,
  encodeAllowingReservedInQuery,
  percentEncode,
  verbatim,
} from '../../percent-encode.js';
import type { ParameterPlan } from '../plan.js';
import { stringifyJson } from './json/json.js';
import { isAbsent, isRecord, scalar } from './scalar.js';
import { type Pair, pairs, placedText } from './style.js';

/** Writes one parameter's value where it belongs. */
export type ParameterWriter<T> = (input: Readonly<Record<string, unknown>>) => T;

/** A path parameter: text that cannot leave its segment. */
export function pathWriter(plan: ParameterPlan): ParameterWriter<string> {
  const encode = plan.allowReserved === true ? encodeAllowingReservedInPath : percentEncode;
  return (input) => {
    const value = serialised(plan, input[plan.input]);
    const text = encoded(plan, () => placedText(plan, value, encode));
    if (text === '' || (text === '.' && plan.style === 'label'))
      throw inputInvalid(plan.input, 'must not be empty: it is a part of the path');
    return text;
  };
}

export function queryWriter(plan: ParameterPlan): ParameterWriter<Pair[]> {
  const encode = plan.allowReserved === true ? encodeAllowingReservedInQuery : percentEncode;
  return pairsWriter(plan, encode, percentEncode);
}

/**
 * Cookie names go as they are; values are escaped, since a cookie may hold neither `;` nor `,` nor a space (RFC 6265 §4.1.1).
 * In the style `cookie` they go as they are, too (OpenAPI 3.2 §4.12.3), and what would end them is refused.
 */
export function cookieWriter(plan: ParameterPlan): ParameterWriter<Pair[]> {
  if (plan.style !== 'cookie') return pairsWriter(plan, percentEncode, verbatim);
  const write = pairsWriter(plan, verbatim, verbatim);
  return (input) => {
    const written = write(input);
    if (written.some(([name, value]) => name.includes(';') || value.includes(';') || hasControl(name + value)))
      throw inputInvalid(plan.input, 'must not have semicolons or control characters: it is sent as a cookie');
    return written.map(([name, value]) => [asBytes(name), asBytes(value)]);
  };
}

/** The whole query string, in the parameter's media type; '' when there is nothing to send. */
export function queryStringWriter(plan: ParameterPlan): ParameterWriter<string> {
  return (input) => {
    const value = input[plan.input];
    if (isAbsent(value)) return '';
    const isForm = plan.mediaType === 'application/x-www-form-urlencoded';
    const text = isForm && typeof value === 'string' ? value : String(serialised(plan, value));
    return encoded(plan, () => (isForm ? text : percentEncode(text)));
  };
}

function pairsWriter(plan: ParameterPlan, encode: Encode, encodeName: Encode): ParameterWriter<Pair[]> {
  return (input) => {
    const value = serialised(plan, input[plan.input]);
    return encoded(plan, () => pairs(plan, value, encode, encodeName));
  };
}

/** A header's value; undefined when there is none. */
export function headerWriter(plan: ParameterPlan): ParameterWriter<string | undefined> {
  return (input) => {
    const value = serialised(plan, input[plan.input]);
    if (isAbsent(value)) return undefined;
    const text = placedText(plan, value, verbatim);
    return headerText(text, plan.input);
  };
}

/** A `content` parameter's value in its media type; any other's as it is. */
function serialised({ mediaType }: ParameterPlan, value: unknown): unknown {
  if (mediaType === undefined || isAbsent(value)) return value;
  if (isJsonType(mediaType)) return stringifyJson(value);
  if (mediaType === 'application/x-www-form-urlencoded' && isRecord(value)) {
    const styled = { name: '', style: 'form', explode: true } as const;
    return pairs(styled, value, percentEncode, percentEncode)
      .map((pair) => pair.join('='))
      .join('&');
  }
  return scalar(value);
}

function encoded<T>(plan: ParameterPlan, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof URIError)
      throw inputInvalid(plan.input, 'has half of a surrogate pair, which is no text', error);
    throw error;
  }
}
