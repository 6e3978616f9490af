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
