import { readJson, writeJson } from '../../../api/exact-json.ts';
import { Problem, type ProblemDocument, ServerAway } from '../../../api/problem.ts';

/** A call of a method. */
export interface MethodCall {
  readonly object: string;
  readonly method: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a call came to. */
export interface MethodAnswer {
  /** Undefined: the method has no result. */
  readonly value: unknown;
  /** Until the answer was there, in milliseconds. */
  readonly milliseconds: number;
  /** Characters of the answer. */
  readonly size: number;
  /** What in the answer breaks the schema that the service declares. */
  readonly faults?: string;
}

/**
 * Calls a method as the person who is signed in. Integers of any length keep their digits.
 *
 * @throws Problem when the server or the service refuses; ServerAway; AbortError when it is cancelled
 */
export async function runMethod({ object, method, input }: MethodCall, signal: AbortSignal): Promise<MethodAnswer> {
  const started = performance.now();
  const { response, text } = await send(object, method, input, signal);
  const milliseconds = performance.now() - started;
  const value = text === '' ? undefined : readJson(text);
  if (!response.ok) {
    if (isProblem(value)) throw new Problem(value, response.headers);
    throw new ServerAway(`status ${response.status}`);
  }
  const faults = response.headers.get('smartwright-answer-faults');
  return { value, milliseconds, size: text.length, ...(faults !== null && { faults }) };
}

async function send(object: string, method: string, input: object, signal: AbortSignal) {
  try {
    const response = await fetch(`/api/smartobjects/${encodeURIComponent(object)}/${encodeURIComponent(method)}`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: writeJson(input),
      signal,
    });
    return { response, text: await response.text() };
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ServerAway(error);
  }
}

const isProblem = (value: unknown): value is ProblemDocument =>
  typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;
