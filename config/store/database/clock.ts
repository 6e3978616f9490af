import type { EntityManager } from 'typeorm';

const expressions: Readonly<Record<string, string>> = {
  postgres: '(extract(epoch from clock_timestamp()) * 1000)::bigint',
  'better-sqlite3': "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
};

/** SQL for the database's own time, milliseconds since the epoch: the one clock that all nodes share. */
export const databaseNow = (manager: EntityManager): string => expressions[manager.dataSource.options.type] ?? '0';
