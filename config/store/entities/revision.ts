import { EntitySchema } from 'typeorm';
import { bigInteger } from './columns.js';

/** One row: how many changes were committed. Its row lock orders the changes of all nodes. */
export interface RevisionRow {
  id: number;
  value: number;
}

export const REVISION_ID = 1;

export const revisionEntity = new EntitySchema<RevisionRow>({
  name: 'store_revision',
  columns: { id: { type: 'integer', primary: true }, value: bigInteger },
});
