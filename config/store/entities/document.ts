import { EntitySchema } from 'typeorm';
import { integer, key, optionalText, text } from './columns.js';

/** One admin document. */
export interface DocumentRow {
  kind: string;
  name: string;
  /** JSON, with `StoredSecret` markers in place of secrets: what may be shown. */
  document: string;
  /** The secrets, sealed by the vault; null when there are none. */
  secrets: string | null;
  version: number;
  /** RFC 3339, UTC. */
  updatedAt: string;
  /** A user's password hash (PHC string) or an API key's SHA-256. */
  verifier: string | null;
}

export const documentEntity = new EntitySchema<DocumentRow>({
  name: 'documents',
  columns: {
    kind: key,
    name: key,
    document: text,
    secrets: optionalText,
    version: integer,
    updatedAt: { ...text, name: 'updated_at' },
    verifier: optionalText,
  },
});
