import { type AdminDocument, documentKinds } from '../../../config/model/admin-document.js';
import { isSmartwrightError } from '../../../config/model/errors.js';
import type { OAuthResourceType } from '../../../config/model/oauth-resource-type.js';
import { fillFromPreset } from '../../../config/presets/index.js';
import { validateDocument } from '../../../config/schema/index.js';
import { type Fault, invalid, type SourceDocument } from './read.js';

/**
 * The documents, valid each by itself, in the order in which they can be applied.
 * @throws ConfigurationError DOCUMENT_INVALID that names file and line of every fault, also of a document that is there twice
 */
export function validDocuments(sources: readonly SourceDocument[]): AdminDocument[] {
  const faults: Fault[] = [];
  const places = new Map<string, string>();
  const types = new Map<string, OAuthResourceType>();
  const documents = sources.flatMap((source): AdminDocument[] => {
    try {
      const { document: filled, type } = fillFromPreset(source.document);
      if (type !== undefined) types.set(type.name, type);
      const document = validateDocument(filled);
      const name = `${document.kind} "${document.name}"`;
      const place = places.get(name.toLowerCase());
      places.set(name.toLowerCase(), `${source.file}:${source.line}`);
      if (place === undefined) return [document];
      faults.push({ ...source, message: `${name} is defined twice; the first is at ${place}.` });
    } catch (error) {
      faults.push(...faultsOf(source, error));
    }
    return [];
  });
  if (faults.length > 0) throw invalid(faults);
  // A type of the same name among the documents is the one that is meant.
  const implied = [...types.values()].filter(({ kind, name }) => !places.has(`${kind} "${name}"`.toLowerCase()));
  return [...implied, ...documents].toSorted((a, b) => documentKinds.indexOf(a.kind) - documentKinds.indexOf(b.kind));
}

/** A document's faults with file and line. Anything else that was thrown is thrown on. */
export function faultsOf(source: SourceDocument, error: unknown): Fault[] {
  if (!isSmartwrightError(error)) throw error;
  if (error.fields.length < 2) {
    const pointer = error.fields[0]?.pointer ?? '';
    return [{ file: source.file, line: source.lineOf(pointer), pointer, message: error.message }];
  }
  const faults = error.fields.map(({ pointer, message }) => ({
    file: source.file,
    line: source.lineOf(pointer),
    pointer,
    message: pointer === '' ? message : `${pointer}: ${message}`,
  }));
  return faults.toSorted((a, b) => a.line - b.line);
}
