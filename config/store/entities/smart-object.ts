import { EntitySchema } from 'typeorm';
import { integer, key, text } from './columns.js';

export interface SmartObjectRow {
  name: string;
  instance: string;
  /** System and display name in lower case: what a search looks through. */
  search: string;
  /** A `SmartObjectSummary` as JSON. */
  summary: string;
  /** The object's properties, as JSON. */
  properties: string;
}

export const smartObjectEntity = new EntitySchema<SmartObjectRow>({
  name: 'smart_objects',
  columns: { name: key, instance: text, search: text, summary: text, properties: text },
});

/** A step of a method that calls another instance than the one that the SmartObject was made from. */
export interface SmartStepRow {
  object: string;
  method: string;
  position: number;
  /** The instance that the SmartObject was made from. */
  owner: string;
  /** The instance that is called. */
  instance: string;
  serviceObject: string;
  serviceMethod: string;
}

export const smartStepEntity = new EntitySchema<SmartStepRow>({
  name: 'smart_steps',
  columns: {
    object: { ...key, name: 'object_name' },
    method: key,
    position: { ...integer, primary: true },
    owner: text,
    instance: text,
    serviceObject: { ...text, name: 'service_object' },
    serviceMethod: { ...text, name: 'service_method' },
  },
});

export interface SmartMethodRow {
  object: string;
  name: string;
  position: number;
  instance: string;
  /** A `SmartMethod` as JSON. */
  method: string;
}

export const smartMethodEntity = new EntitySchema<SmartMethodRow>({
  name: 'smart_methods',
  columns: { object: { ...key, name: 'object_name' }, name: key, position: integer, instance: text, method: text },
});

/** What a search over methods reads: a narrow row, so that 50,000 of them are a few megabytes. */
export interface SmartMethodEntryRow {
  object: string;
  position: number;
  instance: string;
  category: string;
  kind: string;
  /** System and display names of object and method in lower case. */
  search: string;
  /** A `MethodEntry` as JSON. */
  entry: string;
}

export const smartMethodEntryEntity = new EntitySchema<SmartMethodEntryRow>({
  name: 'smart_method_entries',
  columns: {
    object: { ...key, name: 'object_name' },
    position: { ...integer, primary: true },
    instance: text,
    category: text,
    kind: text,
    search: text,
    entry: text,
  },
});
