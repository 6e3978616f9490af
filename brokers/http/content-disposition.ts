/**
 * The file name that a Content-Disposition header gives (RFC 6266 §4.3); `filename*` (RFC 8187) wins. Only its last path segment,
 * and nothing that a file system takes for a directory. Undefined when it gives none.
 */
export function fileNameOf(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return undefined;
  const extended = /;\s*filename\*\s*=\s*([^';\s]*)'[^']*'([^;\s]*)/i.exec(text);
  const plain = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(text);
  const name =
    (extended === null ? undefined : decoded(extended[1] ?? '', extended[2] ?? '')) ??
    (plain?.[1] === undefined ? plain?.[2] : unescaped(plain[1]));
  const last = name?.split(/[/\\]/).at(-1)?.trim();
  return last === undefined || last === '' || last === '.' || last === '..' ? undefined : last;
}

function unescaped(quoted: string): string {
  return asUtf8(quoted.replace(/\\(["\\])/g, '$1'));
}

/** Headers are read as Latin-1; many services write UTF-8. */
function asUtf8(text: string): string {
  const read = Buffer.from(text, 'latin1').toString();
  return read.includes('\ufffd') ? text : read;
}

function decoded(charset: string, value: string): string | undefined {
  const bytes = Buffer.from(
    value.replace(/%([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  );
  try {
    return new TextDecoder(charset === '' ? 'utf-8' : charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
