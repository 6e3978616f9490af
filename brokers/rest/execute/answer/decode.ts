import type { FileValue } from '../../../../config/model/file-value.js';
import { decodeText } from '../../../http/charset.js';
import { essence, isJsonType, isRange, isXmlType } from '../../../http/media-type.js';
import type { UpstreamResponse } from '../../../http/upstream.js';
import type { AnswerPlan, Codec } from '../../plan.js';
import { parseJson } from '../json/json.js';
import { readXml } from '../xml/read-xml.js';
import { fileNameOf } from './content-disposition.js';
import { readEventStream, readJsonLines } from './lines.js';

type Decoder = (response: UpstreamResponse, plan: AnswerPlan) => Promise<unknown>;

/** How each codec reads a body. Undefined when the body is empty. */
const decoders: Readonly<Record<Codec, Decoder>> = {
  json: async (response) => jsonOf(await response.text()),
  text: async (response) => await response.text(),
  form: async (response) => formOf(await response.text()),
  multipart: file,
  binary: file,
  xml: async (response, { xml }) => {
    const text = await xmlText(response);
    return text.trim() === '' ? undefined : xml === undefined ? text : readXml(text, xml);
  },
  'event-stream': async (response) => readEventStream(await response.text()),
  'json-lines': async (response) => readJsonLines(await response.text()),
  none: async (response) => {
    response.discard();
    return undefined;
  },
};

/**
 * Reads a body by its plan. Where the plan takes a range of media types, as generated descriptors often say for any value, what
 * came decides.
 *
 * @param contentType as the service sent it
 * @throws SyntaxError, XmlSyntaxError, RangeError for a body that is not what it should be
 */
export async function decodeBody(
  response: UpstreamResponse,
  plan: AnswerPlan,
  contentType: string | undefined,
): Promise<unknown> {
  const type = essence(contentType ?? '');
  const open = plan.codec === 'json' && (plan.mediaType === undefined || isRange(plan.mediaType));
  if (!open || type === '' || isJsonType(type) || type === 'text/html')
    return await decoders[plan.codec](response, plan);
  if (type.startsWith('text/') || isXmlType(type)) return jsonOrText(await response.text());
  return await file(response);
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

/** A file of the answer's bytes, named by Content-Disposition. */
async function file(response: UpstreamResponse): Promise<FileValue> {
  const name = fileNameOf(response.headers['content-disposition']);
  const type = response.headers['content-type'];
  const bytes = await response.bytes();
  return {
    ...(name === undefined ? {} : { name }),
    ...(typeof type === 'string' ? { mediaType: essence(type) } : {}),
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
