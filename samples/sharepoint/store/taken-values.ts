import type { Database, Statement } from 'better-sqlite3';

/** Which item has a value of a column that enforces unique values. */
export class TakenValues {
  readonly #find: Statement<unknown[], { item: number }>;
  readonly #claim: Statement;
  readonly #release: Statement;

  constructor(database: Database) {
    this.#find = database.prepare('SELECT item FROM taken WHERE list = ? AND field = ? AND value = ?');
    this.#claim = database.prepare('INSERT OR REPLACE INTO taken (list, field, value, item) VALUES (?, ?, ?, ?)');
    this.#release = database.prepare('DELETE FROM taken WHERE list = ? AND field = ? AND value = ? AND item = ?');
  }

  holder(list: string, field: string, value: string): number | undefined {
    return this.#find.get(list, field, value)?.item;
  }

  claim(list: string, field: string, value: string, item: number): void {
    this.#claim.run(list, field, value, item);
  }

  release(list: string, field: string, value: string, item: number): void {
    this.#release.run(list, field, value, item);
  }
}
