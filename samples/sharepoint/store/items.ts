import type { Database, Statement } from 'better-sqlite3';
import type { ItemRow } from '../model.js';

interface Stored {
  readonly body: string;
}

const read = ({ body }: Stored): ItemRow => JSON.parse(body) as ItemRow;

/** The items of all lists: by list and number, by GUID, and files and folders by their path. */
export class Items {
  readonly #put: Statement;
  readonly #get: Statement<unknown[], Stored>;
  readonly #byGuid: Statement<unknown[], Stored>;
  readonly #byPath: Statement<unknown[], Stored>;
  readonly #children: Statement<unknown[], Stored>;
  readonly #up: Statement<unknown[], Stored>;
  readonly #down: Statement<unknown[], Stored>;
  readonly #below: Statement<unknown[], Stored>;
  readonly #count: Statement<unknown[], { n: number }>;
  readonly #delete: Statement;

  constructor(database: Database) {
    this.#put = database.prepare(
      `INSERT INTO item (list, id, guid, dir, leaf, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (list, id)
       DO UPDATE SET dir = excluded.dir, leaf = excluded.leaf, body = excluded.body`,
    );
    this.#get = database.prepare('SELECT body FROM item WHERE list = ? AND id = ?');
    this.#byGuid = database.prepare('SELECT body FROM item WHERE guid = ?');
    this.#byPath = database.prepare('SELECT body FROM item WHERE dir = ? AND leaf = ?');
    this.#children = database.prepare('SELECT body FROM item WHERE dir = ? ORDER BY leaf');
    this.#below = database.prepare('SELECT body FROM item WHERE dir = ? OR substr(dir, 1, ?) = ? COLLATE NOCASE');
    this.#up = database.prepare('SELECT body FROM item WHERE list = ? AND id > ? ORDER BY id LIMIT ?');
    this.#down = database.prepare('SELECT body FROM item WHERE list = ? AND id < ? ORDER BY id DESC LIMIT ?');
    this.#count = database.prepare('SELECT count(*) AS n FROM item WHERE list = ?');
    this.#delete = database.prepare('DELETE FROM item WHERE list = ? AND id = ?');
  }

  put(row: ItemRow): ItemRow {
    this.#put.run(row.list, row.id, row.guid, row.dir, row.leaf, JSON.stringify(row));
    return row;
  }

  get(list: string, id: number): ItemRow | undefined {
    return optional(this.#get.get(list, id));
  }

  byGuid(guid: string): ItemRow | undefined {
    return optional(this.#byGuid.get(guid));
  }

  /** @param path server-relative, of a file, a folder or an item */
  byPath(path: string): ItemRow | undefined {
    const cut = path.lastIndexOf('/');
    return optional(this.#byPath.get(path.slice(0, cut), path.slice(cut + 1)));
  }

  /** What lies directly in a folder, by name. */
  children(dir: string): ItemRow[] {
    return this.#children.all(dir).map(read);
  }

  /** What lies in a folder and its folders. */
  below(dir: string): ItemRow[] {
    return this.#below.all(dir, dir.length + 1, `${dir}/`).map(read);
  }

  count(list: string): number {
    return this.#count.get(list)?.n ?? 0;
  }

  delete(row: ItemRow): void {
    this.#delete.run(row.list, row.id);
  }

  /**
   * A list's items by number, read in portions so that a long list is never in memory as a whole.
   *
   * @param after the number behind which to begin; 0 begins at the first
   */
  *scan(list: string, after = 0, descending = false): Generator<ItemRow> {
    const statement = descending ? this.#down : this.#up;
    for (let from = descending && after === 0 ? Number.MAX_SAFE_INTEGER : after; ; ) {
      const portion = statement.all(list, from, PORTION).map(read);
      yield* portion;
      const last = portion.at(-1);
      if (last === undefined || portion.length < PORTION) return;
      from = last.id;
    }
  }
}

const PORTION = 500;

const optional = (stored: Stored | undefined): ItemRow | undefined => (stored === undefined ? undefined : read(stored));
