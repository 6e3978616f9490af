import type { ServerResponse } from 'node:http';
import { CallerError } from '../../../config/model/errors.js';
import { consolePage } from './assets.js';

/**
 * Sends the console's page. Its scripts are files of this server and nothing else: no inline script, no `eval`. Inline style is
 * what its components set sizes by.
 *
 * @param framedBy origins whose pages may show it in a frame; default none
 * @throws CallerError NOT_FOUND when the console was not built
 */
export function sendConsolePage(response: ServerResponse, framedBy: readonly string[] = []): void {
  const page = consolePage();
  if (page === undefined) {
    throw new CallerError('NOT_FOUND', 'The console was not built. In a checkout, run "npm run build".');
  }
  response.statusCode = 200;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('content-length', page.length);
  response.setHeader('content-security-policy', policy(framedBy));
  response.setHeader('referrer-policy', 'same-origin');
  if (framedBy.length === 0) response.setHeader('x-frame-options', 'DENY');
  response.end(response.req.method === 'HEAD' ? undefined : page);
}

const policy = (framedBy: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${framedBy.length === 0 ? "'none'" : framedBy.join(' ')}`,
  ].join('; ');
