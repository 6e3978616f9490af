import type { ServerResponse } from 'node:http';
import { writeJson } from './json.js';

/** Answers with JSON, big integers written exactly. */
export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  const body = Buffer.from(writeJson(value));
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', body.length);
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
