/** One request within a `$batch`. */
export interface BatchPart {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** The answer to one. */
export interface BatchAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Parts that SharePoint takes in one batch. */
export const MOST_PARTS = 100;

/**
 * The body of a batch (OData 3.0 Batch Processing §2.2). Reads stand alone, a run of writes is a change set, which SharePoint does
 * not treat as one transaction.
 */
export function writeBatch(parts: readonly BatchPart[], boundary: string): string {
  const lines: string[] = [];
  const changes = `changeset_${boundary}`;
  let open = false;
  for (const part of parts) {
    const isRead = part.method === 'GET';
    if (open && isRead) lines.push(`--${changes}--`, '');
    if (!open && !isRead) lines.push(`--${boundary}`, `Content-Type: multipart/mixed; boundary="${changes}"`, '');
    open = !isRead;
    lines.push(
      `--${isRead ? boundary : changes}`,
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
    );
    lines.push('', `${part.method} ${part.url} HTTP/1.1`);
    for (const [name, value] of Object.entries(part.headers)) lines.push(`${name}: ${value}`);
    lines.push('', ...(part.body === undefined ? [] : [part.body]));
  }
  if (open) lines.push(`--${changes}--`, '');
  lines.push(`--${boundary}--`, '');
  return lines.join('\r\n');
}

/** The answers in the body of a batch's answer, in the order of the requests. Those of a change set may be nested or flat. */
export function readBatch(text: string, contentType: string | undefined): BatchAnswer[] {
  const boundary = boundaryOf(contentType) ?? /^\s*--(\S+)/.exec(text)?.[1];
  return boundary === undefined ? [] : readParts(text, boundary, 0);
}

function readParts(text: string, boundary: string, depth: number): BatchAnswer[] {
  const parts = `\n${text}`.split(`\n--${boundary}`).slice(1);
  return parts.flatMap((part): BatchAnswer[] => {
    if (part.startsWith('--')) return [];
    const [headers, content] = headAndBody(part.replace(/^[^\n]*\n/, ''));
    const inner = boundaryOf(headers['content-type']);
    if (inner !== undefined && depth === 0) return readParts(content, inner, 1);
    const status = /^\s*HTTP\/\d(?:\.\d)? +(\d{3})[^\n]*\n?/.exec(content);
    if (status === null) return [];
    const [own, body] = headAndBody(content.slice(status[0].length));
    return [{ status: Number(status[1]), headers: own, body: body.replace(/\r?\n?\r?$/, '') }];
  });
}

function headAndBody(text: string): [Record<string, string>, string] {
  const headers: Record<string, string> = {};
  let at = 0;
  for (;;) {
    const end = text.indexOf('\n', at);
    const line = (end < 0 ? text.slice(at) : text.slice(at, end)).trim();
    at = end < 0 ? text.length : end + 1;
    if (line === '') return [headers, text.slice(at)];
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
    if (end < 0) return [headers, ''];
  }
}

function boundaryOf(contentType: string | undefined): string | undefined {
  if (contentType === undefined || !/^\s*multipart\//i.test(contentType)) return undefined;
  return /boundary="?([^";]+)"?/i.exec(contentType)?.[1]?.trim();
}
