import Database from 'better-sqlite3';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS record (
  position INTEGER PRIMARY KEY, kind TEXT NOT NULL, owner TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
  UNIQUE (kind, owner, id));
CREATE TABLE IF NOT EXISTS number (name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS item (
  list TEXT NOT NULL, id INTEGER NOT NULL, guid TEXT NOT NULL UNIQUE, dir TEXT NOT NULL COLLATE NOCASE,
  leaf TEXT NOT NULL COLLATE NOCASE, body TEXT NOT NULL, PRIMARY KEY (list, id)) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS item_path ON item (dir, leaf);
CREATE TABLE IF NOT EXISTS taken (
  list TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL COLLATE NOCASE, item INTEGER NOT NULL,
  PRIMARY KEY (list, field, value)) WITHOUT ROWID;`;

/**
 * The site's one store.
 *
 * @param file of SQLite; `:memory:` keeps nothing after the end
 */
export function openDatabase(file: string): Database.Database {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = OFF');
  database.exec(SCHEMA);
  return database;
}
