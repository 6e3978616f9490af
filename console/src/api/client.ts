import createClient from 'openapi-fetch';
import { writeJson } from './exact-json.ts';
import type { components, paths } from './generated/schema.ts';
import { Problem, ServerAway } from './problem.ts';

/** The schemas of `/openapi.json`. */
export type Schemas = components['schemas'];

/**
 * The HTTP API, typed by the server's own description. The session's cookie goes along by itself; the browser's `Origin` and
 * `Sec-Fetch-Site` headers protect writes against forgery.
 */
export const api = createClient<paths>({
  baseUrl: '/',
  headers: { accept: 'application/json' },
  bodySerializer: (body) => writeJson(body),
});

/** What `api.GET` and its like give. */
interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The answer's content.
 *
 * @throws Problem when the server refuses; ServerAway when there is no answer, or none of ours
 */
export async function ask<T>(request: Promise<Answer<T>>): Promise<NonNullable<T>> {
  return (await askWithHeaders(request)).data;
}

/** As `ask`, with the headers: `etag` carries the version of a document. */
export async function askWithHeaders<T>(
  request: Promise<Answer<T>>,
): Promise<{ data: NonNullable<T>; headers: Headers }> {
  const answer = await request.catch((error: unknown) => {
    if (error instanceof Problem) throw error;
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ServerAway(error);
  });
  const { data, error, response } = answer;
  if (!response.ok) {
    if (isProblem(error)) throw new Problem(error, response.headers);
    throw new ServerAway(`status ${response.status}`);
  }
  return { data: data as NonNullable<T>, headers: response.headers };
}

const isProblem = (error: unknown): error is Schemas['Problem'] =>
  typeof error === 'object' && error !== null && 'code' in error && 'detail' in error;
