import type { AdminDocument } from '../../../config/model/admin-document.js';
import { environmentVariable } from '../environment.js';
import { readDocuments } from './read.js';
import { unsealText } from './sealed.js';
import { validDocuments } from './validate.js';

/**
 * The admin documents of files and folders: read, placeholders filled in, valid each by itself, in the order in which they can
 * be applied.
 *
 * @param passphrase opens an export with secrets; asked only when there is one
 * @throws ConfigurationError DOCUMENT_INVALID that names file and line of each fault
 */
export async function loadDocuments(
  paths: readonly string[],
  passphrase: () => Promise<string>,
): Promise<AdminDocument[]> {
  const open = (file: string, text: string) => unsealText(file, text, passphrase);
  return validDocuments(await readDocuments(paths, environmentVariable, open));
}
