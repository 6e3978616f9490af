import type { Duplex } from 'node:stream';
import { problemType } from './problem.js';

/** What Node's parser refuses before there is a request. RFC 9110 §15.5, RFC 6585 §5. */
const answers: Readonly<Record<string, readonly [status: number, reason: string, code: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'Request Header Fields Too Large',
    'REQUEST_INVALID',
    'The request line and headers are too long.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'REQUEST_INVALID', 'The request took too long to arrive.'],
};
const malformed = [400, 'Bad Request', 'REQUEST_INVALID', 'This is not a well-formed HTTP request.'] as const;

/** Answers bytes that are no request with a problem, and closes the connection. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason, code, detail] = answers[error.code ?? ''] ?? malformed;
  const body = JSON.stringify({ type: problemType(code), title: reason, status, detail, code });
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
