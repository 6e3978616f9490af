import type { AdminDocument } from '../../../config/model/admin-document.js';
import { environmentVariable } from '../environment.js';
import { readDocuments } from './read.js';
import { validDocuments } from './validate.js';

/**
 * The admin documents of files and folders: read, placeholders filled in, valid each by itself, in the order in which they can
 * be applied.
 *
 * @throws ConfigurationError DOCUMENT_INVALID that names file and line of each fault
 */
export async function loadDocuments(paths: readonly string[]): Promise<AdminDocument[]> {
  return validDocuments(await readDocuments(paths, environmentVariable));
}
