/**
 * Stands in an answer, an export or a document on its way in for a secret that the store holds. Saving a document that carries
 * it keeps the stored value.
 */
export interface StoredSecret {
  readonly secret: 'stored';
}

export const storedSecret: StoredSecret = Object.freeze({ secret: 'stored' });

export function isStoredSecret(value: unknown): value is StoredSecret {
  return typeof value === 'object' && value !== null && 'secret' in value && value.secret === 'stored';
}

/**
 * The document with each marker replaced by what stands at the same place in `stored`. A marker for which nothing is stored is
 * left, for the store to refuse when it is saved.
 */
export function fillStoredSecrets(document: unknown, stored: unknown): unknown {
  if (isStoredSecret(document)) return typeof stored === 'string' ? stored : document;
  if (Array.isArray(document)) return document.map((item, index) => fillStoredSecrets(item, member(stored, index)));
  if (typeof document !== 'object' || document === null) return document;
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => [name, fillStoredSecrets(value, member(stored, name))]),
  );
}

function member(container: unknown, key: string | number): unknown {
  if (typeof container !== 'object' || container === null || !Object.hasOwn(container, key)) return undefined;
  return (container as Record<string | number, unknown>)[key];
}
