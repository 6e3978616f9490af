import { randomUUID } from 'node:crypto';
import { UpstreamError } from '../../../config/model/errors.js';
import type { FileStream } from '../../broker.js';
import { fileBytes, isFile } from '../../file-bytes.js';
import { hasControl } from '../../header-text.js';
import { inputInvalid } from '../../input-error.js';
import { etagIn, type Fields, isFields, numberIn, recordOf, textIn } from '../odata/answer.js';
import { quoted } from '../odata/literal.js';
import { absolutePath, get, itemPath, type OperationCall, post, subjectOf } from './operation.js';
import { type Arriving, pieces } from './pieces.js';
import { bodyFor, mergeItem } from './write-items.js';

/** Bytes of a piece; a file that has no more goes in one request. */
const PIECE = 10 * 1024 * 1024;
/** Times that a piece is sent. */
const TRIES = 4;

const STORED = '?$select=Name,ServerRelativeUrl,Length,ListItemAllFields/Id&$expand=ListItemAllFields';

/** `…('…')` of a file or folder by its path, whatever characters it has. */
const byPath = (what: 'File' | 'Folder', path: string): string =>
  `_api/web/Get${what}ByServerRelativePath(decodedUrl=${quoted(path, what.toLowerCase())})`;

/** Stores a file with its columns. @param arriving in place of the input `file` */
export async function upload(call: OperationCall, arriving?: FileStream): Promise<{ readonly value: unknown }> {
  const { name, bytes } = contentOf(call, arriving);
  const folder = absolutePath(call, String(call.input.folder ?? ''));
  const body = await bodyFor(call, call.input);
  const about = { ...subjectOf(call, undefined), file: name };
  const overwrite = call.input.overwrite === true;
  const adding = `${byPath('Folder', folder)}/Files/AddUsingPath(decodedUrl=${quoted(name, 'file')},overwrite=${overwrite})`;
  const source = pieces(bytes, PIECE);
  const first = await source.next();
  const isSmall = first.done === true || first.value.last;
  const stub = isSmall && first.done !== true ? first.value.bytes : new Uint8Array();
  let stored = recordOf(await call.site.json(post(`${adding}${STORED}`, about, { bytes: stub, headers: BINARY })));
  const path = textIn(stored, 'ServerRelativeUrl') ?? `${folder}/${name}`;
  if (!isSmall) {
    await sendPieces(call, path, first.value.bytes, source, () => removeStub(call, path, overwrite));
    stored = recordOf(await call.site.json(get(`${byPath('File', path)}${STORED}`, about)));
  }
  const id = itemIdOf(stored);
  if (Object.keys(body).length === 0 || id === undefined) return { value: resultOf(stored, path, null) };
  try {
    return { value: resultOf(stored, path, await mergeItem(call, id, body, undefined)) };
  } catch (error) {
    throw halfWritten(error, `The file "${path}" is stored, and its columns are not`, { path, ID: id });
  }
}

/** Gives a file another content. */
export async function replaceContent(call: OperationCall, arriving?: FileStream): Promise<{ readonly value: unknown }> {
  const about = subjectOf(call);
  const { bytes } = contentOf(call, arriving, 'content');
  const file = recordOf(await call.site.json(get(`${itemPath(call)}/File?$select=Name,ServerRelativeUrl`, about)));
  const path = textIn(file, 'ServerRelativeUrl') ?? '';
  const source = pieces(bytes, PIECE);
  const first = await source.next();
  if (first.done === true || first.value.last) {
    const content = first.done === true ? new Uint8Array() : first.value.bytes;
    const headers = { ...BINARY, 'x-http-method': 'PUT' };
    await call.site.done(post(`${byPath('File', path)}/$value`, about, { bytes: content, headers }));
  } else await sendPieces(call, path, first.value.bytes, source, async () => 'it has its former content');
  const stored = recordOf(await call.site.json(get(`${byPath('File', path)}${STORED}`, about)));
  return { value: resultOf(stored, path, null) };
}

const BINARY = { 'content-type': 'application/octet-stream' };

function contentOf(call: OperationCall, arriving: FileStream | undefined, otherwise?: string) {
  const { file } = call.input;
  if (arriving !== undefined) return { name: named(arriving.file.name ?? otherwise), bytes: arriving.bytes };
  if (!isFile(file)) throw inputInvalid('file', 'must be a file');
  return { name: named(file.name ?? otherwise), bytes: inPieces(fileBytes(file, 'file')) };
}

function named(name: string | undefined): string {
  if (name === undefined || name.trim() === '') throw inputInvalid(['file', 'name'], 'is needed');
  // A file's name is no path, and SharePoint takes none of these in one.
  if (/["*:<>?/\\|]/.test(name) || hasControl(name))
    throw inputInvalid(['file', 'name'], 'has a character that no file name can have');
  return name;
}

async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/**
 * Sends a large file piece by piece. A piece whose answer was lost or refused for the moment is sent again; SharePoint says when it
 * has it already. When a piece fails for good, the upload is cancelled and the error says what is there.
 */
async function sendPieces(
  call: OperationCall,
  path: string,
  first: Uint8Array,
  rest: AsyncGenerator<Arriving, void, undefined>,
  undo: () => Promise<string>,
): Promise<void> {
  const upload = randomUUID();
  const about = { ...subjectOf(call), file: path };
  const file = byPath('File', path);
  let offset = 0;
  const send = async (step: string, bytes: Uint8Array): Promise<void> => {
    const at = step === 'StartUpload' ? '' : `,fileOffset=${offset}`;
    await sendPiece(call, post(`${file}/${step}(uploadId=guid'${upload}'${at})`, about, { bytes, headers: BINARY }));
    offset += bytes.length;
  };
  try {
    await send('StartUpload', first);
    for await (const { bytes, last } of rest) await send(last ? 'FinishUpload' : 'ContinueUpload', bytes);
  } catch (error) {
    const cancel = post(`${file}/CancelUpload(uploadId=guid'${upload}')`, about);
    await call.site.done(cancel).catch(() => undefined);
    const now = await undo();
    throw halfWritten(error, `The upload broke off after ${offset} bytes; ${now}`, { path, bytes: offset });
  }
}

async function sendPiece(call: OperationCall, request: Parameters<OperationCall['site']['done']>[0]): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      return await call.site.done(request);
    } catch (error) {
      if (tried > 1 && hasPiece(error)) return;
      if (tried === TRIES || !isPassing(error)) throw error;
    }
  }
}

/** A lost connection, a deadline, a server that stumbled. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof UpstreamError)) return false;
  if (error.code === 'UPSTREAM_UNREACHABLE' || error.code === 'UPSTREAM_TIMEOUT') return true;
  const { upstream } = error.extensions as { readonly upstream?: { readonly status?: number } };
  return (upstream?.status ?? 0) >= 500;
}

/** SharePoint refuses a piece that it has: its place in the file is before the one where it goes on. */
function hasPiece(error: unknown): boolean {
  if (!(error instanceof UpstreamError)) return false;
  const { sharepoint } = error.extensions as { readonly sharepoint?: { readonly code?: string } };
  return /^-2147024809|offset/i.test(sharepoint?.code ?? '');
}

/** A large file begins as an empty one; what breaks off must not leave that behind. */
async function removeStub(call: OperationCall, path: string, overwrite: boolean): Promise<string> {
  if (overwrite) return `the file "${path}" is there without its content`;
  const removing = post(byPath('File', path), subjectOf(call), {
    headers: { 'x-http-method': 'DELETE', 'if-match': '*' },
  });
  try {
    await call.site.done(removing);
    return 'nothing of it is there';
  } catch {
    return `an empty file "${path}" is there`;
  }
}

/** The error, with what is there all the same. */
export function halfWritten(error: unknown, what: string, written: Fields): unknown {
  if (!(error instanceof Error) || !('extensions' in error)) return error;
  const failed = error as UpstreamError;
  const kind = failed.constructor as typeof UpstreamError;
  return new kind(failed.code, `${what}. ${failed.message}`, {
    cause: failed,
    fields: failed.fields,
    extensions: { ...failed.extensions, written },
  });
}

function itemIdOf(stored: Fields): number | undefined {
  const item = stored.ListItemAllFields;
  return isFields(item) ? (numberIn(item, 'Id') ?? numberIn(item, 'ID')) : undefined;
}

function resultOf(stored: Fields, path: string, etag: string | null) {
  const item = stored.ListItemAllFields;
  return {
    ID: itemIdOf(stored) ?? null,
    name: textIn(stored, 'Name') ?? null,
    path,
    size: numberIn(stored, 'Length') ?? null,
    ETag: etag ?? (isFields(item) ? etagIn(item) : undefined) ?? null,
  };
}
