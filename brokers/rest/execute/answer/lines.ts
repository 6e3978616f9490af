import { parseJson } from '../json/json.js';

/**
 * The values of newline-delimited JSON; blank lines are skipped. RFC 7464's record separator is dropped.
 *
 * @throws SyntaxError
 */
export function readJsonLines(text: string): unknown[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace('\u001e', '').trim())
    .filter((line) => line !== '')
    .map(parseJson);
}

/**
 * The data of server-sent events, in order (WHATWG HTML §9.2.6): JSON where it is JSON, else text. An event that is not complete
 * at the end is dropped, and so is the `[DONE]` by which some services end.
 */
export function readEventStream(text: string): unknown[] {
  const events: unknown[] = [];
  let data: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line === '') {
      if (data.length > 0) events.push(dataOf(data.join('\n')));
      data = [];
    } else if (line === 'data' || line.startsWith('data:')) {
      data.push(line.slice(5).replace(/^ /, ''));
    }
  }
  return events.filter((event) => event !== '[DONE]');
}

function dataOf(text: string): unknown {
  if (!/^\s*[[{"\d\-tfn]/.test(text)) return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
