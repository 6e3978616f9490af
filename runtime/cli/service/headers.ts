import { UsageError } from '../usage-error.js';

/** RFC 9110 §5.1 and §5.5: a token, and a value without control characters. */
const header = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*:\s*([\t\x20-\x7e\x80-\xff]*?)\s*$/;

/** `--header 'name: value'` options by name in lower case. @throws UsageError */
export function parseHeaders(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name, value] = header.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError(
        `--header ${line.split(':')[0]}: write it as 'name: value', in one line of Latin-1 characters.`,
      );
    }
    headers[name.toLowerCase()] = value;
  }
  return headers;
}
