import { ConfigurationError } from '../config/model/errors.js';
import { asBytes, hasControl, transportHeaders } from './header-text.js';

/**
 * The headers of a service key: an object, or lines of `Name: value`. Names in lower case.
 *
 * @throws ConfigurationError KEYS_INVALID
 */
export function headersOf(value: unknown, key: string, title: string): Record<string, string> {
  const entries = typeof value === 'string' ? linesOf(value, key, title) : Object.entries(value ?? {});
  const headers: Record<string, string> = {};
  for (const [written, content] of entries) {
    const name = written.trim().toLowerCase();
    const text = String(content).trim();
    const fault =
      !/^[!#$%&'*+\-.^_`|~\w]+$/.test(name) || hasControl(text) || transportHeaders.has(name) || name === '__proto__';
    if (fault) {
      const reason = `has the header "${written.trim().slice(0, 60)}", which cannot be sent`;
      throw keyInvalid(key, title, reason);
    }
    headers[name] = asBytes(text);
  }
  return headers;
}

function linesOf(text: string, key: string, title: string): [string, string][] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const colon = line.indexOf(':');
    if (colon > 0) return [line.slice(0, colon), line.slice(colon + 1)];
    const reason = 'has a line that is not "Name: value"';
    throw keyInvalid(key, title, reason);
  });
}

export function keyInvalid(key: string, title: string, reason: string): ConfigurationError {
  return new ConfigurationError('KEYS_INVALID', `Service key "${title}" ${reason}.`, {
    fields: [{ pointer: `/keys/${key}`, message: reason }],
  });
}
