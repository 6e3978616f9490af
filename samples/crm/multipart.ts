import { unprocessable } from './problem.js';

export interface UploadedFile {
  readonly fileName: string;
  /** Without parameters, in lower case. */
  readonly mediaType: string;
  readonly content: Buffer;
}

/**
 * The fields of a `multipart/form-data` body (RFC 7578) by name: texts, and files with their bytes. Node's own `Response`
 * reads it.
 *
 * @throws Problem 422 when the body is none
 */
export async function readMultipart(body: Buffer, contentType: string): Promise<Record<string, string | UploadedFile>> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => {
      throw unprocessable([{ pointer: '', detail: 'is no well-formed multipart/form-data' }]);
    });
  const fields: [string, string | UploadedFile][] = [];
  for (const [name, value] of form) fields.push([name, typeof value === 'string' ? value : await file(value)]);
  return Object.fromEntries(fields);
}

const file = async (part: File): Promise<UploadedFile> => ({
  fileName: part.name,
  mediaType: (part.type.split(';')[0] ?? '').trim().toLowerCase(),
  content: Buffer.from(await part.arrayBuffer()),
});
