import type { Database, Statement } from 'better-sqlite3';

/** Rows of one kind, each under an owner (a list, an item, or the site itself), in the order of their making. */
export class Records<Row extends { readonly id: string | number }> {
  readonly #kind: string;
  readonly #put: Statement;
  readonly #get: Statement<unknown[], { body: string }>;
  readonly #all: Statement<unknown[], { body: string }>;
  readonly #delete: Statement;

  constructor(database: Database, kind: string) {
    this.#kind = kind;
    this.#put = database.prepare(
      `INSERT INTO record (kind, owner, id, body) VALUES (?, ?, ?, ?)
       ON CONFLICT (kind, owner, id) DO UPDATE SET body = excluded.body`,
    );
    this.#get = database.prepare('SELECT body FROM record WHERE kind = ? AND owner = ? AND id = ?');
    this.#all = database.prepare('SELECT body FROM record WHERE kind = ? AND owner = ? ORDER BY position');
    this.#delete = database.prepare('DELETE FROM record WHERE kind = ? AND owner = ? AND id = ?');
  }

  put(owner: string, row: Row): Row {
    this.#put.run(this.#kind, owner, key(row.id), JSON.stringify(row));
    return row;
  }

  /** Names are compared without regard to case, as GUIDs and login names are. */
  get(owner: string, id: string | number): Row | undefined {
    const found = this.#get.get(this.#kind, owner, key(id));
    return found === undefined ? undefined : (JSON.parse(found.body) as Row);
  }

  all(owner: string): Row[] {
    return this.#all.all(this.#kind, owner).map(({ body }) => JSON.parse(body) as Row);
  }

  delete(owner: string, id: string | number): boolean {
    return this.#delete.run(this.#kind, owner, key(id)).changes > 0;
  }
}

const key = (id: string | number): string => String(id).toLowerCase();

/** Numbers that count up and are not given out twice. */
export class Numbers {
  readonly #next: Statement<unknown[], { last: number }>;

  constructor(database: Database) {
    this.#next = database.prepare(
      `INSERT INTO number (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last`,
    );
  }

  /** @param first what the first call gives */
  next(name: string, first = 1): number {
    return (this.#next.get(name, first) as { last: number }).last;
  }
}
