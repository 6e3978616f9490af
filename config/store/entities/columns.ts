import type { EntitySchemaColumnOptions } from 'typeorm';

/** Column shapes that SQLite and PostgreSQL share. JSON is kept as text, so that both store and compare the same bytes. */

export const text: EntitySchemaColumnOptions = { type: 'text' };
export const optionalText: EntitySchemaColumnOptions = { type: 'text', nullable: true };
export const key: EntitySchemaColumnOptions = { type: 'text', primary: true };
export const integer: EntitySchemaColumnOptions = { type: 'integer' };
export const flag: EntitySchemaColumnOptions = { type: 'boolean' };

const toNumber = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

/** A 64-bit integer. PostgreSQL's driver hands it over as text; the values kept here stay below 2^53. */
export const bigInteger: EntitySchemaColumnOptions = {
  type: 'bigint',
  transformer: { to: (value: unknown) => value, from: toNumber },
};

/** Milliseconds since 1970-01-01 UTC. */
export const instant = bigInteger;
export const optionalInstant: EntitySchemaColumnOptions = { ...bigInteger, nullable: true };
