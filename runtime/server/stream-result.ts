import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FileHead, FileStream, StreamedResult } from '../../brokers/broker.js';
import { CallerError, type ErrorCode, type SmartwrightError } from '../../config/model/errors.js';
import type { Exchange } from './exchange.js';
import { writeJson } from './json.js';
import { problemOf } from './problem.js';
import type { Form } from './wanted-form.js';

/** Milliseconds that a caller may leave what was sent unread, before it counts as gone. */
const STALLED = 60_000;
/** Milliseconds of silence after which an event stream says that it is still there. */
const HEARTBEAT = 15_000;

/** How items are written. */
interface Framing {
  readonly mediaType: string;
  readonly before: string;
  item(json: string, index: number): string;
  readonly after: string;
}

const framings: Readonly<Record<Exclude<Form, 'json'>, Framing>> = {
  // Somebody who asked for a file gets a list as JSON.
  bytes: {
    mediaType: 'application/json',
    before: '{"items":[',
    item: (json, index) => (index === 0 ? json : `,${json}`),
    after: ']}',
  },
  lines: { mediaType: 'application/x-ndjson', before: '', item: (json) => `${json}\n`, after: '' },
  events: { mediaType: 'text/event-stream', before: '', item: (json) => `data: ${json}\n\n`, after: '' },
};

/**
 * Sends a file, or the items of a list, while they arrive. Memory stays the same however much there is: what the caller does not
 * take holds the service back.
 *
 * @param tellable makes an error one that may be told
 * @returns the code of a fault that the answer itself tells; undefined when all went well
 * @throws what breaks off before anything was sent, or cannot be told in the answer
 */
export async function sendStreamed(
  exchange: Exchange,
  result: Exclude<StreamedResult, { value: unknown }>,
  form: Exclude<Form, 'json'>,
  tellable: (error: unknown) => SmartwrightError,
): Promise<ErrorCode | undefined> {
  const { response } = exchange;
  if ('bytes' in result) {
    await sendFile(exchange, result);
    return undefined;
  }
  const items = 'items' in result ? result.items : result.arriving;
  const { mediaType, before, item, after } = framings[form];
  response.writeHead(200, headOf(exchange, mediaType));
  response.flushHeaders();
  const heartbeat = form === 'events' ? setInterval(() => response.write(':\n\n'), HEARTBEAT) : undefined;
  try {
    if (before !== '') response.write(before);
    let index = 0;
    for await (const value of items) await write(response, item(writeJson(value) ?? 'null', index++));
    response.end(after);
    return undefined;
  } catch (error) {
    if (form !== 'events' || response.destroyed) throw error;
    const told = tellable(error);
    response.end(`event: problem\ndata: ${writeJson(problemOf(told, exchange.id))}\n\n`);
    return told.code;
  } finally {
    clearInterval(heartbeat);
  }
}

async function sendFile(exchange: Exchange, { file, bytes }: FileStream): Promise<void> {
  const { response } = exchange;
  for await (const chunk of bytes) {
    // What goes wrong before the first byte can still be told.
    if (!response.headersSent) response.writeHead(200, fileHeaders(exchange, file));
    await write(response, chunk);
  }
  if (!response.headersSent) response.writeHead(200, fileHeaders(exchange, file));
  response.end();
}

/** Always an attachment: a page that a service sends must not run as one of ours. */
function fileHeaders(exchange: Exchange, { name, mediaType = 'application/octet-stream', size }: FileHead): string[] {
  const length = size === undefined ? [] : ['content-length', String(size)];
  const fileName =
    name === undefined ? '' : `; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, percent)}`;
  return [...headOf(exchange, mediaType), 'content-disposition', `attachment${fileName}`, ...length];
}

/** RFC 8187 §3.2.1 allows fewer characters than `encodeURIComponent` leaves. */
const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

const headOf = ({ id }: Exchange, mediaType: string): string[] => [
  ...['content-type', mediaType, 'cache-control', 'no-store', 'x-content-type-options', 'nosniff'],
  ...['x-request-id', id],
];

/** Writes, and waits until there is room for more. @throws CallerError CANCELLED */
async function write(response: ServerResponse, part: string | Uint8Array): Promise<void> {
  if (response.destroyed) throw new CallerError('CANCELLED', 'The caller went away.');
  if (response.writableCorked === 0) {
    response.cork();
    process.nextTick(() => response.uncork());
  }
  if (response.write(part)) return;
  const stalled = AbortSignal.timeout(STALLED);
  const gone = new AbortController();
  const close = () => gone.abort();
  response.once('close', close);
  try {
    await once(response, 'drain', { signal: AbortSignal.any([stalled, gone.signal]) });
  } catch (cause) {
    response.destroy();
    throw new CallerError('CANCELLED', 'The caller went away, or stopped reading.', { cause });
  } finally {
    response.off('close', close);
  }
}
