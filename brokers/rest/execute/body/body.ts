import { fileBytes, isFile } from '../../../file-bytes.js';
import { isRange } from '../../../http/media-type.js';
import { inputInvalid } from '../../../input-error.js';
import type { BodyPlan, BodySource, Codec, MediaPlan } from '../../plan.js';
import { stringifyJson } from '../json/json.js';
import { isAbsent, isRecord, scalar } from '../scalar.js';
import { writeXml } from '../xml/write-xml.js';
import { formBody } from './form.js';
import { multipartBody } from './multipart.js';

export type Inputs = Readonly<Record<string, unknown>>;

/** A body as it goes on the wire. */
export interface Body {
  readonly contentType: string;
  readonly content: string | Buffer;
  /** The content type holds what the body cannot be read without (a boundary), so a default header must not replace it. */
  readonly fixedType?: boolean;
}

interface Written {
  readonly content: string | Buffer;
  readonly contentType?: string;
  readonly fixedType?: boolean;
}

type Writer = (value: unknown, media: MediaPlan, inputs: Inputs, name: string) => Written;

const json: Writer = (value) => ({ content: stringifyJson(value) ?? 'null' });

/** How each codec writes a value, and the type it is sent as where the plan gives a range. */
const writers: Readonly<Record<Exclude<Codec, 'none'>, readonly [Writer, string]>> = {
  json: [json, 'application/json'],
  form: [
    (value, { encoding }, _, name) => ({ content: formBody(value, encoding, name) }),
    'application/x-www-form-urlencoded',
  ],
  multipart: [writeMultipart, 'multipart/form-data'],
  text: [(value) => ({ content: scalar(value) }), 'text/plain'],
  binary: [writeBinary, 'application/octet-stream'],
  xml: [(value, { xml }, _, name) => ({ content: writeXml(value, xml, name) }), 'application/xml'],
  'event-stream': [writeEvents, 'text/event-stream'],
  'json-lines': [writeLines, 'application/jsonl'],
  'json-seq': [writeSequence, 'application/json-seq'],
};

/**
 * Builds a request's body; undefined when there is none.
 *
 * @param elsewhere inputs that other parts of the request need as well; they alone do not make an optional body
 */
export function bodyOf(
  { media, required }: BodyPlan,
  inputs: Inputs,
  elsewhere: ReadonlySet<string>,
): Body | undefined {
  const chosen = chosenMedia(media, inputs.$contentType);
  const value = bodyValue(chosen.source, inputs, required, elsewhere);
  if (chosen.codec === 'none' || value === undefined) return undefined;
  const [write, concrete] = writers[chosen.codec];
  const name = 'input' in chosen.source ? chosen.source.input : 'body';
  const written = write(value, chosen, inputs, name);
  return { contentType: isRange(chosen.mediaType) ? concrete : chosen.mediaType, ...written };
}

function chosenMedia(media: BodyPlan['media'], wanted: unknown): MediaPlan {
  if (isAbsent(wanted)) return media[0];
  const chosen = media.find(({ mediaType }) => mediaType === wanted);
  if (chosen !== undefined) return chosen;
  throw inputInvalid('$contentType', `must be one of ${media.map(({ mediaType }) => mediaType).join(', ')}`);
}

function bodyValue(source: BodySource, inputs: Inputs, required: boolean, elsewhere: ReadonlySet<string>): unknown {
  if ('input' in source) return inputs[source.input];
  const body: Record<string, unknown> = {};
  let given = required;
  for (const [name, input] of Object.entries(source.properties)) {
    const value = Object.hasOwn(inputs, input) ? inputs[input] : undefined;
    if (value === undefined) continue;
    given ||= !elsewhere.has(input);
    if (name === '__proto__') Object.defineProperty(body, name, { value, enumerable: true });
    else body[name] = value;
  }
  return given ? body : undefined;
}

function writeMultipart(value: unknown, media: MediaPlan, inputs: Inputs, name: string): Written {
  const { boundary, bytes } = multipartBody(value, media, inputs, name);
  const type = isRange(media.mediaType) ? 'multipart/form-data' : media.mediaType;
  return { content: bytes, contentType: `${type}; boundary=${boundary}`, fixedType: true };
}

/** A file is sent as its bytes, in its own type where the service takes a range of types; text as UTF-8. */
function writeBinary(value: unknown, { mediaType, base64 }: MediaPlan, _: Inputs, name: string): Written {
  const bytes = isFile(value) ? fileBytes(value, name) : Buffer.from(scalar(value));
  const content = base64 === true ? bytes.toString('base64') : bytes;
  if (!isFile(value)) return { content };
  return isRange(mediaType) && value.mediaType !== undefined ? { content, contentType: value.mediaType } : { content };
}

/**
 * Server-sent events (WHATWG HTML §9.2.6). An object with `data` gives an event's fields (OpenAPI 3.2 §4.14.3); anything else is
 * the data of one. A text is an event stream already.
 */
function writeEvents(value: unknown): Written {
  if (typeof value === 'string') return { content: value };
  const events = Array.isArray(value) ? value : [value];
  return { content: events.map((event) => `${eventLines(event).join('\n')}\n\n`).join('') };
}

function eventLines(event: unknown): string[] {
  const fields = isRecord(event) && event.data !== undefined ? event : { data: event };
  return ['id', 'event', 'retry', 'data'].flatMap((name) => {
    const content = fields[name as keyof typeof fields];
    if (isAbsent(content)) return [];
    return scalar(content)
      .split(/\r\n|\r|\n/)
      .map((line) => `${name}: ${line}`);
  });
}

function writeLines(value: unknown): Written {
  const items = Array.isArray(value) ? value : [value];
  return { content: items.map((item) => `${stringifyJson(item) ?? 'null'}\n`).join('') };
}

/** RFC 7464 §2.2. */
function writeSequence(value: unknown): Written {
  const items = Array.isArray(value) ? value : [value];
  return { content: items.map((item) => `\u001e${stringifyJson(item) ?? 'null'}\n`).join('') };
}
