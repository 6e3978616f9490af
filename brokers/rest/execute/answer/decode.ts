import type { FileValue } from '../../../../config/model/file-value.js';
import { decodeText } from '../../../http/charset.js';
import { fileHead } from '../../../http/file-head.js';
import { essence, isJsonType, isRange, isXmlType } from '../../../http/media-type.js';
import type { UpstreamResponse } from '../../../http/upstream.js';
import { codecOf } from '../../describe/media.js';
import type { AnswerPlan, Codec } from '../../plan.js';
import { parseJson } from '../json/json.js';
import { readXml } from '../xml/read-xml.js';
import { type ItemCodec, isItemCodec, itemReader, readItems } from './items/item-reader.js';

/** How a body is read: by its plan, or, where the plan takes whatever comes, as JSON if it is that and else as text. */
export type Reading = Codec | 'json-or-text';

type Decoder = (response: UpstreamResponse, plan: AnswerPlan) => Promise<unknown>;

const items =
  (codec: ItemCodec): Decoder =>
  async (response, plan) =>
    readItems(itemReader(codec, plan), await response.text());

/** How each codec reads a body. Undefined when the body is empty. */
const decoders: Readonly<Record<Reading, Decoder>> = {
  json: async (response) => jsonOf(await response.text()),
  'json-or-text': async (response) => jsonOrText(await response.text()),
  text: async (response) => await response.text(),
  form: async (response) => formOf(await response.text()),
  multipart: file,
  binary: file,
  xml: async (response, { xml }) => {
    const text = await xmlText(response);
    return text.trim() === '' ? undefined : xml === undefined ? text : readXml(text, xml);
  },
  'event-stream': items('event-stream'),
  'json-lines': items('json-lines'),
  'json-seq': items('json-seq'),
  none: async (response) => {
    response.discard();
    return undefined;
  },
};

/**
 * How an answer is read. Where the plan takes a range of media types, as generated descriptors often say for any value, what
 * came decides.
 *
 * @param contentType as the service sent it
 */
export function readingOf(plan: AnswerPlan, contentType: string | undefined): Reading {
  const type = essence(contentType ?? '');
  const open = plan.codec === 'json' && (plan.mediaType === undefined || isRange(plan.mediaType));
  if (!open || type === '' || isJsonType(type) || type === 'text/html') return plan.codec;
  const codec = codecOf(type);
  if (isItemCodec(codec)) return codec;
  return type.startsWith('text/') || isXmlType(type) ? 'json-or-text' : 'binary';
}

/**
 * Reads a whole body.
 *
 * @throws SyntaxError, XmlSyntaxError, RangeError for a body that is not what it should be
 */
export async function decodeBody(response: UpstreamResponse, plan: AnswerPlan, reading: Reading): Promise<unknown> {
  return await decoders[reading](response, plan);
}

function jsonOf(text: string): unknown {
  return text === '' || text.trim() === '' ? undefined : parseJson(text);
}

function jsonOrText(text: string): unknown {
  try {
    return jsonOf(text);
  } catch {
    return text;
  }
}

/** A file of the answer's bytes. */
async function file(response: UpstreamResponse): Promise<FileValue> {
  const bytes = await response.bytes();
  const { name, mediaType } = fileHead(response);
  return {
    ...(name === undefined ? {} : { name }),
    ...(mediaType === undefined ? {} : { mediaType }),
    content: bytes.toString('base64'),
  };
}

/** A name that comes several times has a list of values. */
function formOf(text: string): Record<string, unknown> {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
}

/** XML says its encoding itself where its media type does not (RFC 7303 §3). */
async function xmlText(response: UpstreamResponse): Promise<string> {
  const header = response.headers['content-type'];
  const type = Array.isArray(header) ? header[0] : header;
  if (type !== undefined && /charset/i.test(type)) return await response.text();
  const bytes = await response.bytes();
  const declared = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(bytes.toString('latin1', 0, 200))?.[1];
  return decodeText(bytes, declared === undefined ? undefined : `text/xml; charset=${declared}`, 'The XML answer');
}
