import { EntitySchema } from 'typeorm';
import { integer, key, text } from './columns.js';

/** A description that an instance has or had. */
export interface DescriptionVersionRow {
  instance: string;
  version: number;
  /** The `id` of the description's parts, which are there while it is the current one. */
  description: string;
  /** A `DescriptionVersion` as JSON. */
  head: string;
  /** What changed from the version before: the `DescriptionChange`s, packed. */
  changes: string;
  /** The whole description, packed. */
  archive: string;
}

export const descriptionVersionEntity = new EntitySchema<DescriptionVersionRow>({
  name: 'description_versions',
  columns: {
    instance: key,
    version: { ...integer, primary: true },
    description: text,
    head: text,
    changes: text,
    archive: text,
  },
});
