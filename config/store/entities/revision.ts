import { EntitySchema } from 'typeorm';
import { bigInteger } from './columns.js';

/** One row a counter: how many changes were committed. Its row lock orders the changes of all nodes. */
export interface RevisionRow {
  id: number;
  value: number;
}

/** Which row counts what. */
export const counters = {
  /** Changes of documents and descriptions. */
  configuration: 1,
  /** Tokens deleted, consented anew or ended; not their refreshes. */
  tokens: 2,
} as const;
export type Counter = keyof typeof counters;

export const revisionEntity = new EntitySchema<RevisionRow>({
  name: 'store_revision',
  columns: { id: { type: 'integer', primary: true }, value: bigInteger },
});
