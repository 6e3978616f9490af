import type { FileHead } from '../broker.js';
import { fileNameOf } from './content-disposition.js';
import { essence } from './media-type.js';
import type { UpstreamResponse } from './upstream.js';

/** What an answer's headers say about the file that it is. */
export function fileHead({ headers }: UpstreamResponse): FileHead {
  const name = fileNameOf(headers['content-disposition']);
  const type = headers['content-type'];
  const length = headers['content-encoding'] === undefined ? headers['content-length'] : undefined;
  return {
    ...(name === undefined ? {} : { name }),
    ...(typeof type === 'string' ? { mediaType: essence(type) } : {}),
    ...(typeof length === 'string' && /^\d+$/.test(length) ? { size: Number(length) } : {}),
  };
}
