import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { invalidQuery } from '../fault.js';

/** One request of a batch. */
export interface BatchPart {
  readonly method: string;
  readonly url: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What one request of a batch is answered with. */
export interface BatchAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const MOST_PARTS = 1_000;

/**
 * The requests of a `multipart/mixed` body, those within change sets in their place (OData 3 batch processing §2).
 * @throws Fault 400 for what is none
 */
export function readBatch(contentType: string, body: string): BatchPart[] {
  const parts = partsOf(contentType, body).flatMap(({ headers, content }) => {
    const type = headers['content-type'] ?? '';
    return type.startsWith('multipart/mixed')
      ? partsOf(type, content).map((inner) => readPart(inner.content))
      : [readPart(content)];
  });
  if (parts.length > MOST_PARTS)
    throw invalidQuery(`A batch may have ${MOST_PARTS} requests; this one has ${parts.length}.`);
  return parts;
}

function partsOf(contentType: string, body: string): { headers: Record<string, string>; content: string }[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw invalidQuery('The batch names no boundary.');
  const pieces = `\n${body.replaceAll('\r\n', '\n')}`.split(`\n--${boundary}`);
  if (pieces.length < 3 || pieces.at(-1)?.startsWith('--') !== true)
    throw invalidQuery('The batch does not end with its boundary.');
  return pieces.slice(1, -1).map((piece) => {
    const { head, rest } = cut(piece.replace(/^[ \t]*\n/, ''));
    return { headers: headersOf(head.split('\n')), content: rest };
  });
}

function readPart(content: string): BatchPart {
  const { head, rest } = cut(content.replace(/^\n+/, ''));
  const [line = '', ...headers] = head.split('\n');
  const [, method, url] = /^([A-Z]+) (\S+) HTTP\/[\d.]+\s*$/.exec(line) ?? [];
  if (method === undefined || url === undefined)
    throw invalidQuery(`The batch holds no request where it says "${line.slice(0, 100)}".`);
  return { method, url, headers: headersOf(headers), body: rest.trim() };
}

function cut(text: string): { head: string; rest: string } {
  const at = text.indexOf('\n\n');
  return at < 0 ? { head: text.trimEnd(), rest: '' } : { head: text.slice(0, at), rest: text.slice(at + 2) };
}

const headersOf = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    lines
      .filter((line) => line.includes(':'))
      .map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );

/** The answers in the order of the requests, none nested in a change set. */
export function writeBatch(answers: readonly BatchAnswer[]): { contentType: string; body: string } {
  const boundary = `batchresponse_${randomUUID()}`;
  const parts = answers.map(({ status, headers, body }) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name.toUpperCase()}: ${value}\r\n`);
    return `--${boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${lines.join('')}\r\n${body}\r\n`;
  });
  return { contentType: `multipart/mixed; boundary=${boundary}`, body: `${parts.join('')}--${boundary}--\r\n` };
}
