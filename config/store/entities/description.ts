import { EntitySchema } from 'typeorm';
import { integer, key, text } from './columns.js';

/** Which description is an instance's current one. The rows of its parts carry its `id`. */
export interface DescriptionRow {
  instance: string;
  /** A new random one for each save, so that a reader never mixes two descriptions. */
  id: string;
  /** A `DescriptionSummary` as JSON. */
  summary: string;
}

export const descriptionEntity = new EntitySchema<DescriptionRow>({
  name: 'descriptions',
  columns: { instance: key, id: text, summary: text },
});

export interface ServiceObjectRow {
  description: string;
  name: string;
  position: number;
  /** The service object without its methods, as JSON. */
  head: string;
}

export const serviceObjectEntity = new EntitySchema<ServiceObjectRow>({
  name: 'service_objects',
  columns: { description: key, name: key, position: integer, head: text },
});

export interface ServiceMethodRow {
  description: string;
  object: string;
  name: string;
  position: number;
  /** A `ServiceMethod` as JSON, its binding included. */
  method: string;
}

export const serviceMethodEntity = new EntitySchema<ServiceMethodRow>({
  name: 'service_methods',
  columns: { description: key, object: { ...key, name: 'object_name' }, name: key, position: integer, method: text },
});

export interface TypeRow {
  description: string;
  name: string;
  position: number;
  /** The type's JSON Schema. */
  schema: string;
  /** The names of the types that it refers to directly, as a JSON array. */
  refersTo: string;
}

export const typeEntity = new EntitySchema<TypeRow>({
  name: 'service_types',
  columns: {
    description: key,
    name: key,
    position: integer,
    schema: { ...text, name: 'json_schema' },
    refersTo: { ...text, name: 'refers_to' },
  },
});
