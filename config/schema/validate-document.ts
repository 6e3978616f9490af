import { type AdminDocument, type DocumentKind, documentKinds } from '../model/admin-document.js';
import { ConfigurationError } from '../model/errors.js';
import { documentSchemas } from './document-schemas.js';
import { nearest } from './nearest.js';
import { refuseFaults } from './refuse.js';
import { brokenRules } from './rules.js';
import { documentCheck } from './validator.js';

/**
 * Checks an admin document of any kind, as it comes from the API, the CLI or a YAML file. Changes nothing and fills in no
 * defaults.
 *
 * @throws ConfigurationError DOCUMENT_INVALID; `fields` has every fault with its JSON Pointer
 */
export function validateDocument(document: unknown): AdminDocument {
  const kind = kindOf(document);
  const faults = documentCheck(documentSchemas[kind])(document);
  // The schema has been checked; from here the document has its type.
  const valid = document as AdminDocument;
  refuseFaults('DOCUMENT_INVALID', subject(kind, document), document, faults);
  refuseFaults('DOCUMENT_INVALID', subject(kind, document), document, brokenRules(valid));
  return valid;
}

/** `OAuth resource type "Salesforce"`. */
export function subject(kind: DocumentKind, document: unknown): string {
  const name = typeof document === 'object' && document !== null && 'name' in document ? document.name : undefined;
  const title = documentSchemas[kind].title ?? kind;
  return typeof name === 'string' && name !== '' ? `${title} "${name}"` : title;
}

function kindOf(document: unknown): DocumentKind {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    const what = Array.isArray(document) ? 'a list' : document === null ? 'nothing' : `a ${typeof document}`;
    throw invalidKind(`A document is an object with a "kind"; this is ${what}.`, '');
  }
  const wanted: unknown = 'kind' in document ? document.kind : undefined;
  const kind = documentKinds.find((known) => known === wanted);
  if (kind !== undefined) return kind;
  const kinds = `It must be one of ${documentKinds.join(', ')}.`;
  if (wanted === undefined) throw invalidKind(`The document has no "kind". ${kinds}`, '/kind');
  const [meant] = typeof wanted === 'string' ? nearest(wanted, documentKinds) : [];
  const hint = meant === undefined ? kinds : `Did you mean "${meant}"?`;
  throw invalidKind(`There is no kind of document ${JSON.stringify(wanted)}. ${hint}`, '/kind');
}

const invalidKind = (message: string, pointer: string): ConfigurationError =>
  new ConfigurationError('DOCUMENT_INVALID', message, { fields: [{ pointer, message }] });
