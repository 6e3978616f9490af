import { randomUUID } from 'node:crypto';
import { fileBytes, isFile } from '../../../file-bytes.js';
import { hasControl } from '../../../header-text.js';
import { isJsonType, isRange, within } from '../../../http/media-type.js';
import { inputInvalid } from '../../../input-error.js';
import { verbatim } from '../../../percent-encode.js';
import type { EncodingPlan, MediaPlan } from '../../plan.js';
import { stringifyJson } from '../json/json.js';
import { headerWriter } from '../parameter.js';
import { isAbsent, isRecord, scalar } from '../scalar.js';
import { pairs } from '../style.js';
import { encodingOf } from './form.js';

export interface MultipartBody {
  readonly boundary: string;
  readonly bytes: Buffer;
}

interface Part {
  /** Absent in a list of parts, where the place tells. */
  readonly name?: string;
  readonly fileName?: string;
  readonly contentType?: string;
  readonly content: string | Buffer;
}

/**
 * A value as a multipart body (RFC 7578; OpenAPI 3.1 §4.8.15). An object is a part for each property, where a list is a part for
 * each item and an object a JSON part. A list is a part for each item, without names (OpenAPI 3.2 §4.14.4).
 *
 * @param input all inputs of the method, for parts' headers
 */
export function multipartBody(
  value: unknown,
  media: Pick<MediaPlan, 'encoding' | 'prefixEncoding' | 'itemEncoding'>,
  input: Readonly<Record<string, unknown>>,
  source: string,
): MultipartBody {
  const boundary = `smartwright-${randomUUID()}`;
  const pieces: Buffer[] = [];
  for (const { part, encoding } of partsIn(value, media, source)) {
    const head = `--${boundary}\r\n${headOf(part, encoding, input)}\r\n\r\n`;
    pieces.push(Buffer.from(head), Buffer.from(part.content), Buffer.from('\r\n'));
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`));
  return { boundary, bytes: Buffer.concat(pieces) };
}

interface EncodedPart {
  readonly part: Part;
  readonly encoding: EncodingPlan;
}

function partsIn(
  value: unknown,
  { encoding: encodings, prefixEncoding, itemEncoding }: Parameters<typeof multipartBody>[1],
  source: string,
): EncodedPart[] {
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => {
      const encoding = prefixEncoding?.[index] ?? itemEncoding ?? {};
      const {
        name: _,
        fileName,
        ...part
      } = partOf(source, item, isFile(item) ? { ...encoding, file: true } : encoding);
      const named = isFile(item) && item.name !== undefined ? { fileName: item.name } : {};
      return { part: { contentType: 'text/plain', ...part, ...named }, encoding };
    });
  }
  if (!isRecord(value)) throw inputInvalid(source, 'must be an object or a list to be sent as multipart');
  return Object.entries(value).flatMap(([name, member]) => {
    const encoding = encodingOf(encodings, name);
    return partsOf(name, member, encoding).map((part) => ({ part, encoding }));
  });
}

function partsOf(name: string, value: unknown, encoding: EncodingPlan): Part[] {
  if (isAbsent(value)) return [];
  if (encoding.style !== undefined && encoding.file !== true) {
    const { style, explode = style === 'form' || style === 'deepObject' } = encoding;
    return pairs({ name, style, explode }, value, verbatim, verbatim).map(([key, content]) => ({ name: key, content }));
  }
  if (Array.isArray(value) && !(encoding.contentType !== undefined && isJsonType(encoding.contentType))) {
    return value.flatMap((item) => partsOf(name, item, encoding));
  }
  return [partOf(name, value, encoding)];
}

function partOf(name: string, value: unknown, { contentType, file }: EncodingPlan): Part {
  if (file === true) {
    const type = partType(contentType, isFile(value) ? value.mediaType : undefined);
    const content = isFile(value) ? fileBytes(value, name) : scalar(value);
    // Servers take a part for a file by its file name, so there is always one.
    return { name, fileName: (isFile(value) ? value.name : undefined) ?? name, contentType: type, content };
  }
  if (contentType !== undefined) {
    const content = isJsonType(contentType) ? (stringifyJson(value) ?? '') : scalar(value);
    return { name, contentType: partType(contentType, undefined), content };
  }
  return isRecord(value)
    ? { name, contentType: 'application/json', content: stringifyJson(value) ?? '' }
    : { name, content: scalar(value) };
}

/** The file's own type where the encoding allows it, else the first concrete one that the encoding names. */
function partType(allowed: string | undefined, own: string | undefined): string {
  const types = (allowed ?? '*/*').split(',').map((type) => type.trim());
  if (own !== undefined && types.some((type) => within(own.toLowerCase(), type.toLowerCase()))) return own;
  return types.find((type) => type !== '' && !isRange(type)) ?? own ?? 'application/octet-stream';
}

function headOf(
  { name, fileName, contentType }: Part,
  encoding: EncodingPlan,
  input: Readonly<Record<string, unknown>>,
): string {
  const file = fileName === undefined ? '' : `; filename="${quoted(fileName)}"`;
  const lines: string[] = [];
  if (name !== undefined) lines.push(`content-disposition: form-data; name="${quoted(name)}"${file}`);
  else if (file !== '') lines.push(`content-disposition: attachment${file}`);
  if (contentType !== undefined) {
    if (hasControl(contentType)) throw inputInvalid([name ?? 'body', 'mediaType'], 'is not a media type');
    lines.push(`content-type: ${contentType}`);
  }
  for (const plan of encoding.headers ?? []) {
    const text = headerWriter(plan)(input);
    if (text !== undefined) lines.push(`${plan.name.toLowerCase()}: ${Buffer.from(text, 'latin1').toString()}`);
  }
  return lines.join('\r\n');
}

/** What browsers do with quotes and line breaks in names (WHATWG HTML §4.10.21.8). */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
