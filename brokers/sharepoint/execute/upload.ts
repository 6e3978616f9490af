import { randomUUID } from 'node:crypto';
import { isSmartwrightError, type SmartwrightError, UpstreamError } from '../../../config/model/errors.js';
import { fileBytes, isFile } from '../../file-bytes.js';
import { hasControl } from '../../header-text.js';
import { inputInvalid } from '../../input-error.js';
import { etagIn, type Fields, isFields, numberIn, recordOf, textIn } from '../odata/answer.js';
import { quoted } from '../odata/literal.js';
import type { Reason } from '../site/fault.js';
import { absolutePath, get, itemPath, type OperationCall, post, subjectOf } from './operation.js';
import { bodyFor, mergeItem } from './write-items.js';

/** Bytes of a piece; a file that has no more goes in one request. */
const PIECE = 10 * 1024 * 1024;
/** Times that a piece is sent. */
const TRIES = 4;

const STORED = '?$select=Name,ServerRelativeUrl,Length,ETag,ListItemAllFields/Id&$expand=ListItemAllFields';

/** `…('…')` of a file or folder by its path, whatever characters it has. */
const byPath = (what: 'File' | 'Folder', path: string): string =>
  `_api/web/Get${what}ByServerRelativePath(decodedUrl=${quoted(path, what.toLowerCase())})`;

/** Stores a file with its columns. */
export async function upload(call: OperationCall): Promise<{ readonly value: unknown }> {
  const { name, bytes } = contentOf(call);
  const folder = absolutePath(call, String(call.input.folder ?? ''));
  const body = await bodyFor(call, call.input);
  const stored =
    bytes.length > PIECE ? await addLarge(call, folder, name, bytes) : await add(call, folder, name, bytes);
  const path = textIn(stored, 'ServerRelativeUrl') ?? `${folder}/${name}`;
  const id = itemIdOf(stored);
  if (Object.keys(body).length === 0 || id === undefined) return { value: resultOf(stored, path, null) };
  try {
    return { value: resultOf(stored, path, await mergeItem(call, id, body, undefined)) };
  } catch (error) {
    throw halfWritten(error, `The file "${path}" is stored, and its columns are not`, { path, ID: id });
  }
}

async function add(call: OperationCall, folder: string, name: string, bytes: Uint8Array): Promise<Fields> {
  const about = { ...subjectOf(call, undefined), file: name };
  const overwrite = call.input.overwrite === true;
  const adding = `${byPath('Folder', folder)}/Files/AddUsingPath(decodedUrl=${quoted(name, 'file')},overwrite=${overwrite})`;
  return recordOf(await call.site.json(post(`${adding}${STORED}`, about, { bytes, headers: BINARY })));
}

/** A large file begins as an empty one, where none is there that it takes the place of. */
async function addLarge(call: OperationCall, folder: string, name: string, bytes: Buffer): Promise<Fields> {
  const former = call.input.overwrite === true ? await storedAt(call, `${folder}/${name}`) : undefined;
  const begun = former ?? (await add(call, folder, name, new Uint8Array()));
  const path = textIn(begun, 'ServerRelativeUrl') ?? `${folder}/${name}`;
  const undo = former === undefined ? () => removeStub(call, path) : async () => FORMER;
  await sendPieces(call, { path, etag: textIn(begun, 'ETag') }, bytes, undo);
  return await storedOf(call, path);
}

const FORMER = 'it has its former content';

/** Gives a file another content. */
export async function replaceContent(call: OperationCall): Promise<{ readonly value: unknown }> {
  const about = subjectOf(call);
  const { bytes } = contentOf(call, 'content');
  const file = recordOf(await call.site.json(get(`${itemPath(call)}/File?$select=Name,ServerRelativeUrl,ETag`, about)));
  const path = textIn(file, 'ServerRelativeUrl') ?? '';
  if (bytes.length > PIECE) await sendPieces(call, { path, etag: textIn(file, 'ETag') }, bytes, async () => FORMER);
  else {
    const headers = { ...BINARY, 'x-http-method': 'PUT' };
    await call.site.done(post(`${byPath('File', path)}/$value`, about, { bytes, headers }));
  }
  return { value: resultOf(await storedOf(call, path), path, null) };
}

async function storedOf(call: OperationCall, path: string): Promise<Fields> {
  const about = { ...subjectOf(call), file: path };
  return recordOf(await call.site.json(get(`${byPath('File', path)}${STORED}`, about)));
}

/** Undefined when there is none. */
async function storedAt(call: OperationCall, path: string): Promise<Fields | undefined> {
  try {
    return await storedOf(call, path);
  } catch (error) {
    if (isSmartwrightError(error) && sharepointIn(error).reason === 'missing') return undefined;
    throw error;
  }
}

const BINARY = { 'content-type': 'application/octet-stream' };

function contentOf(call: OperationCall, otherwise?: string): { readonly name: string; readonly bytes: Buffer } {
  const { file } = call.input;
  if (!isFile(file)) throw inputInvalid('file', 'must be a file');
  return { name: named(file.name ?? otherwise), bytes: fileBytes(file, 'file') };
}

function named(name: string | undefined): string {
  if (name === undefined || name.trim() === '') throw inputInvalid(['file', 'name'], 'is needed');
  // A file's name is no path, and SharePoint takes none of these in one.
  if (/["*:<>?/\\|]/.test(name) || hasControl(name))
    throw inputInvalid(['file', 'name'], 'has a character that no file name can have');
  return name;
}

/**
 * Sends a large file piece by piece. A piece whose answer was lost or refused for the moment is sent again; SharePoint says when it
 * has it already, and of the last piece the file itself does. When a piece fails for good, the upload is cancelled and the error says
 * what is there.
 *
 * @param begun the file, with the tag that it has before
 */
async function sendPieces(
  call: OperationCall,
  begun: { readonly path: string; readonly etag: string | undefined },
  bytes: Buffer,
  undo: () => Promise<string>,
): Promise<void> {
  const { path, etag } = begun;
  const upload = randomUUID();
  const about = { ...subjectOf(call), file: path };
  const file = byPath('File', path);
  const isWhole = async (): Promise<boolean> => {
    const now = await storedOf(call, path);
    return numberIn(now, 'Length') === bytes.length && (etag === undefined || textIn(now, 'ETag') !== etag);
  };
  let offset = 0;
  try {
    while (offset < bytes.length) {
      const piece = bytes.subarray(offset, offset + PIECE);
      const isLast = offset + piece.length === bytes.length;
      const step = offset === 0 ? 'StartUpload' : isLast ? 'FinishUpload' : 'ContinueUpload';
      const at = offset === 0 ? '' : `,fileOffset=${offset}`;
      const request = post(`${file}/${step}(uploadId=guid'${upload}'${at})`, about, { bytes: piece, headers: BINARY });
      await sendPiece(call, request, isLast ? isWhole : hasPiece);
      offset += piece.length;
    }
  } catch (error) {
    const cancel = post(`${file}/CancelUpload(uploadId=guid'${upload}')`, about);
    await call.site.done(cancel).catch(() => undefined);
    const now = await undo();
    throw halfWritten(error, `The upload broke off after ${offset} bytes; ${now}`, { path, bytes: offset });
  }
}

/** @param isThere whether the piece arrived when it was sent before, by the error that sending it again gives */
async function sendPiece(
  call: OperationCall,
  request: Parameters<OperationCall['site']['done']>[0],
  isThere: (error: unknown) => boolean | Promise<boolean>,
): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      return await call.site.done(request);
    } catch (error) {
      if (tried > 1 && (await isThere(error))) return;
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
  return error instanceof UpstreamError && /^-2147024809|offset/i.test(sharepointIn(error).code ?? '');
}

const sharepointIn = ({ extensions }: SmartwrightError): { readonly reason?: Reason; readonly code?: string } =>
  (extensions.sharepoint ?? {}) as { readonly reason?: Reason; readonly code?: string };

/** What breaks off must not leave the empty file behind. */
async function removeStub(call: OperationCall, path: string): Promise<string> {
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
