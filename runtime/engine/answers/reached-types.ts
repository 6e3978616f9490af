import type { JsonSchema } from '../../../config/model/json-schema.js';

/** The named types of an instance, as far as answers have reached them. */
export class ReachedTypes {
  readonly #types = new Map<string, JsonSchema>();
  readonly #fetch: (names: Iterable<string>) => Promise<Readonly<Record<string, JsonSchema>>>;

  /** @param fetch gives the types of these names, without what they refer to */
  constructor(fetch: (names: Iterable<string>) => Promise<Readonly<Record<string, JsonSchema>>>) {
    this.#fetch = fetch;
  }

  get known(): ReadonlyMap<string, JsonSchema> {
    return this.#types;
  }

  async load(names: ReadonlySet<string>): Promise<void> {
    const found = await this.#fetch(names);
    // One that the store does not have either says nothing.
    for (const name of names) this.#types.set(name, Object.hasOwn(found, name) ? (found[name] ?? true) : true);
  }
}
