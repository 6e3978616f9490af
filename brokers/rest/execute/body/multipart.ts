import { randomUUID } from 'node:crypto';
import { isJsonType, isRange, within } from '../../../http/media-type.js';
import type { EncodingPlan } from '../../plan.js';
import { hasControl } from '../header-text.js';
import { inputInvalid } from '../input-error.js';
import { stringifyJson } from '../json/json.js';
import { headerWriter } from '../parameter.js';
import { verbatim } from '../percent-encode.js';
import { isAbsent, isRecord, scalar } from '../scalar.js';
import { pairs } from '../style.js';
import { fileBytes, isFile } from './file.js';
import { type Encodings, encodingOf } from './form.js';

export interface MultipartBody {
  readonly boundary: string;
  readonly bytes: Buffer;
}

interface Part {
  readonly name: string;
  readonly fileName?: string;
  readonly contentType?: string;
  readonly content: string | Buffer;
}

/**
 * A value as a multipart body, one part a property (RFC 7578; OpenAPI 3.1 §4.8.15). A list is a part for each item, an object
 * a JSON part.
 *
 * @param input all inputs of the method, for parts' headers
 */
export function multipartBody(
  value: unknown,
  encodings: Encodings | undefined,
  input: Readonly<Record<string, unknown>>,
  source: string,
): MultipartBody {
  if (!isRecord(value)) throw inputInvalid(source, 'must be an object to be sent as multipart');
  const boundary = `smartwright-${randomUUID()}`;
  const pieces: Buffer[] = [];
  for (const [name, member] of Object.entries(value)) {
    const encoding = encodingOf(encodings, name);
    for (const part of partsOf(name, member, encoding)) {
      const head = `--${boundary}\r\n${headOf(part, encoding, input)}\r\n\r\n`;
      pieces.push(Buffer.from(head), Buffer.from(part.content), Buffer.from('\r\n'));
    }
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`));
  return { boundary, bytes: Buffer.concat(pieces) };
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
  const disposition = `content-disposition: form-data; name="${quoted(name)}"`;
  const lines = [fileName === undefined ? disposition : `${disposition}; filename="${quoted(fileName)}"`];
  if (contentType !== undefined) {
    if (hasControl(contentType)) throw inputInvalid([name, 'mediaType'], 'is not a media type');
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
