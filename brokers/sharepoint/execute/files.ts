import type { FileHead, FileStream, StreamedResult } from '../../broker.js';
import { fileBytes, isFile } from '../../file-bytes.js';
import { fileHead } from '../../http/file-head.js';
import { inputInvalid } from '../../input-error.js';
import { numberIn, recordOf, textIn } from '../odata/answer.js';
import { quoted } from '../odata/literal.js';
import type { Subject } from '../site/fault.js';
import { absolutePath, get, itemPath, type OperationCall, post, subjectOf } from './operation.js';

/** A file of a library. */
export async function download(call: OperationCall): Promise<StreamedResult> {
  const about = subjectOf(call);
  const file = recordOf(await call.site.json(get(`${itemPath(call)}/File?$select=Name,Length`, about)));
  const head = { name: textIn(file, 'Name'), size: numberIn(file, 'Length') };
  return await content(call, `${itemPath(call)}/File/$value`, head, about);
}

export async function downloadAttachment(call: OperationCall): Promise<StreamedResult> {
  const name = String(call.input.fileName);
  const path = `${itemPath(call)}/AttachmentFiles/getByFileName(${quoted(name, 'fileName')})/$value`;
  return await content(call, path, { name, size: undefined }, { ...subjectOf(call), file: name });
}

/** The bytes as they arrive, or whole in base64. */
async function content(
  { site, streaming }: OperationCall,
  path: string,
  known: { readonly name: string | undefined; readonly size: number | undefined },
  about: Subject,
): Promise<StreamedResult> {
  const response = await site.send({ ...get(path, about), headers: { accept: '*/*' } });
  const told = fileHead(response);
  const name = known.name ?? told.name;
  const size = known.size ?? told.size;
  const head: FileHead = {
    ...(name === undefined ? {} : { name }),
    ...(told.mediaType === undefined ? {} : { mediaType: told.mediaType }),
  };
  if (streaming) {
    const bytes = response.stream({ deadline: 'idle' });
    const file = { ...head, ...(size === undefined ? {} : { size }) };
    return { file, bytes, close: () => void bytes.destroy() } satisfies FileStream;
  }
  return { value: { ...head, content: (await response.bytes()).toString('base64') } };
}

export async function addAttachment(call: OperationCall): Promise<{ readonly value: unknown }> {
  const { file } = call.input;
  if (!isFile(file)) throw inputInvalid('file', 'must be a file');
  if (file.name === undefined || file.name === '') throw inputInvalid(['file', 'name'], 'is needed');
  const about = { ...subjectOf(call), file: file.name };
  const path = `${itemPath(call)}/AttachmentFiles/addUsingPath(decodedUrl=${quoted(file.name, 'file')})`;
  const headers = { 'content-type': 'application/octet-stream' };
  const stored = recordOf(await call.site.json(post(path, about, { bytes: fileBytes(file, 'file'), headers })));
  return {
    value: {
      fileName: textIn(stored, 'FileName') ?? file.name,
      serverRelativeUrl: textIn(stored, 'ServerRelativeUrl') ?? null,
    },
  };
}

/** Makes a folder. */
export async function createFolder(call: OperationCall): Promise<{ readonly value: unknown }> {
  const name = String(call.input.name);
  if (/[/\\]/.test(name)) throw inputInvalid('name', 'must be one name, without / and \\');
  const path = `${absolutePath(call, String(call.input.folder ?? ''))}/${name}`;
  const about = { ...subjectOf(call, undefined), file: path };
  const request = post(`_api/web/Folders/AddUsingPath(decodedUrl=${quoted(path, 'name')})`, about);
  const made = recordOf(await call.site.json(request));
  return { value: { name: textIn(made, 'Name') ?? name, path: textIn(made, 'ServerRelativeUrl') ?? path } };
}

/** Moves or copies a file or folder. */
export const relocate =
  (verb: 'Move' | 'Copy') =>
  async (call: OperationCall): Promise<{ readonly value: unknown }> => {
    const about = subjectOf(call);
    const item = recordOf(await call.site.json(get(`${itemPath(call)}?$select=FileRef,FileSystemObjectType`, about)));
    const from = textIn(item, 'FileRef');
    if (from === undefined) throw inputInvalid('ID', 'is of an item that has no path');
    const isFolder = numberIn(item, 'FileSystemObjectType') === 1;
    const to = absolutePath(call, String(call.input.to));
    if (to.split('/').includes('..')) throw inputInvalid('to', 'must not lead out of its folder');
    const { origin } = new URL(call.site.url);
    const overwrite = call.input.overwrite === true;
    const what = isFolder ? 'Folder' : 'File';
    const json = {
      srcPath: { DecodedUrl: `${origin}${from}` },
      destPath: { DecodedUrl: `${origin}${to}` },
      ...(isFolder ? {} : { overwrite }),
      options: { KeepBoth: false, ResetAuthorAndCreatedOnCopy: false, ShouldBypassSharedLocks: false },
    };
    await call.site.done(post(`_api/SP.MoveCopyUtil.${verb}${what}ByPath()`, { ...about, file: from }, { json }));
    return { value: { path: to } };
  };
