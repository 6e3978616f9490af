import type { AdminDocument } from '../../model/admin-document.js';
import { ConfigurationError, type FieldError } from '../../model/errors.js';
import { jsonPointer } from '../../model/json-pointer.js';
import { isStoredSecret, storedSecret } from '../../model/stored-secret.js';
import type { SecretPosition } from './secret-positions.js';

/** The secrets of one document by field, each as JSON. */
export type SecretFields = Readonly<Record<string, string>>;

export interface Split<D> {
  /** The document with `StoredSecret` markers in place of its secrets. */
  readonly document: D;
  readonly secrets: SecretFields;
}

/**
 * Takes the secrets out of a document on its way in.
 *
 * @param stored the secrets that the store holds for it: what a marker stands for
 * @throws ConfigurationError DOCUMENT_INVALID when a marker stands where no secret is stored
 */
export function takeSecretsOut<D extends AdminDocument>(
  document: D,
  positions: readonly SecretPosition[],
  stored: SecretFields,
): Split<D> {
  const copy = structuredClone(document);
  const secrets: Record<string, string> = {};
  const faults: FieldError[] = [];
  for (const { field, path, secret } of positions) {
    const value = at(copy, path);
    if (isStoredSecret(value)) {
      const kept = Object.hasOwn(stored, field) ? stored[field] : undefined;
      if (kept !== undefined) secrets[field] = kept;
      else faults.push({ pointer: jsonPointer(path), message: 'no secret is stored here yet; give the value itself' });
    } else if (secret && value !== undefined && value !== null && value !== '') {
      secrets[field] = JSON.stringify(value);
      put(copy, path, storedSecret);
    }
  }
  const [first] = faults;
  if (first !== undefined) {
    throw new ConfigurationError(
      'DOCUMENT_INVALID',
      `${document.kind} "${document.name}": ${first.pointer}: ${first.message}.`,
      { fields: faults },
    );
  }
  return { document: copy, secrets };
}

/** Puts the secrets back in place of their markers. */
export function putSecretsBack<D extends AdminDocument>(
  document: D,
  positions: readonly SecretPosition[],
  secrets: SecretFields,
): D {
  const copy = structuredClone(document);
  for (const { field, path } of positions) {
    const secret = Object.hasOwn(secrets, field) ? secrets[field] : undefined;
    if (secret !== undefined && isStoredSecret(at(copy, path))) put(copy, path, JSON.parse(secret));
  }
  return copy;
}

function at(root: unknown, path: readonly (string | number)[]): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

function put(root: object, path: readonly (string | number)[], value: unknown): void {
  const last = path.at(-1);
  const parent = at(root, path.slice(0, -1));
  if (last === undefined || typeof parent !== 'object' || parent === null) return;
  // Defined, not assigned: a name from outside must not reach the prototype.
  Object.defineProperty(parent, last, { value, writable: true, enumerable: true, configurable: true });
}
