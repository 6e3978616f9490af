import { EntitySchema } from 'typeorm';
import { key, text } from './columns.js';

/** A master key that this database's secrets may be wrapped with, and a sealed constant that proves the key is the same one. */
export interface MasterKeyRow {
  id: string;
  proof: string;
}

export const masterKeyEntity = new EntitySchema<MasterKeyRow>({
  name: 'master_keys',
  columns: { id: key, proof: text },
});
