import type { FetchAnswer } from './fetch.js';
import { parseJson } from './json.js';
import { clientProblem, isRecord, type Problem, problemFromDocument } from './problem.js';

/** The media type of an answer, without parameters; '' when it has none. */
export function mediaTypeOf({ headers }: FetchAnswer): string {
  return (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** The value of an answer that came whole. @throws Problem that the answer tells, or ANSWER_UNREADABLE */
export function readAnswer(answer: FetchAnswer, text: string, url: string): unknown {
  if (answer.ok && text === '') return undefined;
  const mediaType = mediaTypeOf(answer);
  const isJson = mediaType === 'application/json' || mediaType.endsWith('+json');
  if (!isJson) throw unreadable(answer.status, url, mediaType === '' ? 'no content type' : mediaType);
  let document: unknown;
  try {
    document = parseJson(text);
  } catch (cause) {
    throw unreadable(answer.status, url, 'malformed JSON', cause);
  }
  if (answer.ok) return document;
  throw isRecord(document) ? problemFromDocument(answer.status, document) : unreadable(answer.status, url, mediaType);
}

function unreadable(status: number, url: string, what: string, cause?: unknown): Problem {
  const detail = `${url} answered ${status} with ${what}, which no Smartwright server does. Check the URL and any proxy before it.`;
  return clientProblem('ANSWER_UNREADABLE', detail, { status, cause });
}
