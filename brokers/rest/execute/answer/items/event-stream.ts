import type { AnswerPlan } from '../../../plan.js';
import { parseJson } from '../../json/json.js';
import type { ItemReader } from './item-reader.js';
import { Records } from './records.js';

/** The data by which some services end a stream; no item. */
const DONE = '[DONE]';

/** What an item is made of, by the plan's `event`. */
const makers: Readonly<Record<NonNullable<AnswerPlan['event']>, (event: ServerEvent) => unknown>> = {
  data: ({ data }) => jsonOrText(data),
  object: ({ data, ...fields }) => ({ ...fields, data }),
  'object-of-json': ({ data, ...fields }) => ({ ...fields, data: jsonOrText(data) }),
};

interface ServerEvent {
  readonly data: string;
  readonly event?: string;
  readonly id?: string;
  /** Milliseconds. */
  readonly retry?: number;
}

/**
 * Server-sent events, in order (WHATWG HTML §9.2.6). One that is not complete at the end is dropped, as are those without data
 * and comments.
 */
export class EventStreamReader implements ItemReader {
  readonly #lines = new Records('\n');
  readonly #make: (event: ServerEvent) => unknown;
  #data: string[] = [];
  #fields: Omit<ServerEvent, 'data'> = {};
  #afterCarriageReturn = false;

  constructor({ event = 'data' }: Pick<AnswerPlan, 'event'>) {
    this.#make = makers[event];
  }

  *push(text: string): Iterable<unknown> {
    for (const line of this.#lines.push(this.#plainLines(text))) yield* this.#line(line);
  }

  end(): Iterable<unknown> {
    return [];
  }

  /** Lines end with LF, CR or both, and the two may come in different pieces. */
  #plainLines(text: string): string {
    if (text === '') return '';
    const rest = this.#afterCarriageReturn && text.startsWith('\n') ? text.slice(1) : text;
    this.#afterCarriageReturn = text.endsWith('\r');
    return rest.includes('\r') ? rest.replace(/\r\n?/g, '\n') : rest;
  }

  #line(line: string): unknown[] {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (name === 'data') this.#data.push(value);
    else if (name === 'event') this.#fields = { ...this.#fields, event: value };
    else if (name === 'id' && !value.includes('\0')) this.#fields = { ...this.#fields, id: value };
    else if (name === 'retry' && /^\d+$/.test(value)) this.#fields = { ...this.#fields, retry: Number(value) };
    return [];
  }

  #dispatch(): unknown[] {
    const [data, fields] = [this.#data, this.#fields];
    this.#data = [];
    this.#fields = {};
    const text = data.join('\n');
    return data.length === 0 || text === DONE ? [] : [this.#make({ ...fields, data: text })];
  }
}

function jsonOrText(text: string): unknown {
  if (!/^\s*[[{"\d\-tfn]/.test(text)) return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
