import type { Readable } from 'node:stream';
import { etagMismatch, invalidQuery } from './fault.js';

/** What an action is given. */
export interface Call {
  readonly ifMatch: string | undefined;
  readonly contentType: string;
  /** The body as an object; empty when there is none. @throws Fault 400 */
  json(): Promise<Readonly<Record<string, unknown>>>;
  stream(): Readable;
}

/** @throws Fault 412 when the request is meant for another state of the entity (RFC 9110 §13.1.1) */
export function checkMatch(call: Call, etag: string): void {
  const asked = call.ifMatch?.trim();
  if (asked === undefined || asked === '*' || asked.toLowerCase() === etag.toLowerCase()) return;
  throw etagMismatch(asked, etag);
}

/** The same for an ETag that stands in the body. @throws Fault 412 */
export async function checkMatchIn(call: Call, etag: string): Promise<void> {
  const ifMatch = textIn(objectIn(await call.json(), 'parameters'), 'ETagMatch');
  checkMatch({ ...call, ifMatch }, etag);
}

/** @throws Fault 400 when it is there and no text */
export function textIn(body: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalidQuery(`The property '${name}' must be a text.`);
  return value;
}

/** An inner object; empty when it is absent. */
export function objectIn(body: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const value = body[name];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
