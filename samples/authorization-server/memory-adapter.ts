import type { Adapter, AdapterConstructor, AdapterPayload } from 'oidc-provider';

interface Row {
  readonly payload: AdapterPayload;
  /** Milliseconds since the epoch; infinity when the row does not expire. */
  readonly expiresAt: number;
}

/** Where one authorization server keeps its sessions, grants, codes and tokens: in memory, gone when it stops. */
export function memoryAdapter(): AdapterConstructor {
  const rows = new Map<string, Row>();

  const live = (key: string): Row | undefined => {
    const row = rows.get(key);
    if (row === undefined || Date.now() < row.expiresAt) return row;
    rows.delete(key);
    return undefined;
  };
  const where = (matches: (payload: AdapterPayload) => boolean): string[] =>
    [...rows].filter(([, { payload }]) => matches(payload)).map(([key]) => key);

  return class MemoryAdapter implements Adapter {
    readonly #model: string;

    constructor(model: string) {
      this.#model = model;
    }

    async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
      const expiresAt = expiresIn ? Date.now() + expiresIn * 1000 : Number.POSITIVE_INFINITY;
      rows.set(this.#key(id), { payload, expiresAt });
    }

    async find(id: string): Promise<AdapterPayload | undefined> {
      return live(this.#key(id))?.payload;
    }

    async findByUid(uid: string): Promise<AdapterPayload | undefined> {
      return this.#first((payload) => payload.uid === uid);
    }

    async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
      return this.#first((payload) => payload.userCode === userCode);
    }

    async consume(id: string): Promise<void> {
      const row = live(this.#key(id));
      if (row) Object.assign(row.payload, { consumed: Math.floor(Date.now() / 1000) });
    }

    async destroy(id: string): Promise<void> {
      rows.delete(this.#key(id));
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const key of where((payload) => payload.grantId === grantId)) rows.delete(key);
    }

    #key(id: string): string {
      return `${this.#model}:${id}`;
    }

    #first(matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
      const prefix = this.#key('');
      const [key] = where(matches).filter((candidate) => candidate.startsWith(prefix));
      return key === undefined ? undefined : live(key)?.payload;
    }
  };
}
