import { inspect } from 'node:util';
import { type ErrorCode, isSmartwrightError } from '../../../config/model/errors.js';
import { stringifyJson } from '../../client/json.js';
import { UsageError } from '../usage-error.js';
import { printable, printableLines } from './printable.js';

/** An error as RFC 9457 problem details, as the server would answer it. */
export function problemDocument(error: unknown): Record<string, unknown> {
  if (isSmartwrightError(error)) {
    return {
      type: `urn:smartwright:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
      title: titleOf(error.code),
      status: error.status,
      detail: error.message,
      code: error.code,
      ...(error.fields.length === 0 ? {} : { fields: error.fields }),
      ...error.extensions,
    };
  }
  const usage = error instanceof UsageError;
  return {
    type: `urn:smartwright:problem:${usage ? 'usage' : 'internal'}`,
    title: usage ? 'Usage' : 'Internal',
    status: usage ? 400 : 500,
    detail: messageOf(error),
    code: usage ? 'USAGE' : 'INTERNAL',
  };
}

/** An error for a person: the message, a line for each field, what the service said, where to give consent. */
export function problemText(error: unknown, verbose: boolean): string {
  const lines = [`error: ${printableLines(messageOf(error))}`];
  if (isSmartwrightError(error)) {
    for (const { pointer, message } of error.fields) {
      if (!error.message.includes(message))
        lines.push(`  ${printable(pointer === '' ? '(the whole)' : pointer)}: ${printable(message)}`);
    }
    lines.push(...upstreamLines(error.extensions.upstream));
    const remedy = remedies[error.code];
    if (remedy !== undefined) lines.push(`  ${remedy}`);
    const url = error.extensions.authorizationUrl;
    if (typeof url === 'string' && !error.message.includes(url)) lines.push(`  Open this to give consent: ${url}`);
  }
  if (verbose) lines.push(inspect(error, { depth: 4 }));
  return lines.join('\n');
}

/** What the command line can do about an error, where its message speaks of documents or the API. */
const remedies: Readonly<Partial<Record<ErrorCode, string>>> = {
  ADDRESS_REFUSED:
    'allowedHosts stands in the document of the instance or resource; for a service named by --type, use --allow-host HOST.',
};

function upstreamLines(upstream: unknown): string[] {
  if (typeof upstream !== 'object' || upstream === null || !('body' in upstream)) return [];
  const { body } = upstream;
  if (body === undefined || body === null || body === '') return [];
  const text = printable(typeof body === 'string' ? body : stringifyJson(body));
  return [`  The service said: ${text.length > 500 ? `${text.slice(0, 499)}…` : text}`];
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const titleOf = (code: string): string => {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
