/**
 * Gives the elements and attributes of one type their property names: the XML name, kept apart where two are alike. The alternatives
 * of a choice share names: the first `a` of each is the same property.
 */
export class PropertyNames {
  readonly #taken: Set<string>;
  /** Which occurrence of an element → its property. */
  readonly #known: Map<string, string>;
  /** Element → how often it has come so far. */
  readonly #counts: Map<string, number>;

  constructor(from?: PropertyNames) {
    this.#taken = from === undefined ? new Set() : from.#taken;
    this.#known = from === undefined ? new Map() : from.#known;
    this.#counts = new Map(from === undefined ? [] : from.#counts);
  }

  /** For one alternative of a choice: it goes on from here, beside the others. */
  fork(): PropertyNames {
    return new PropertyNames(this);
  }

  /** Goes on after the alternatives. */
  join(forks: readonly PropertyNames[]): void {
    for (const fork of forks) {
      for (const [key, count] of fork.#counts) this.#counts.set(key, Math.max(count, this.#counts.get(key) ?? 0));
    }
  }

  /** @param key what makes it the same element: its name with its namespace */
  element(name: string, key: string = name): string {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    const occurrence = `${count} ${key}`;
    const known = this.#known.get(occurrence);
    if (known !== undefined) return known;
    const property = this.#take(name, (number) => `${name}${number}`);
    this.#known.set(occurrence, property);
    return property;
  }

  /** An attribute that has the name of an element is `@name`. */
  attribute(name: string): string {
    return this.#take(name, (number) => `@${name}${number === 2 ? '' : number}`);
  }

  #take(wanted: string, other: (number: number) => string): string {
    // Assigning it would change an object's prototype.
    const safe = wanted === '__proto__' ? '_proto_' : wanted;
    let name = safe;
    for (let number = 2; this.#taken.has(name); number++) name = other(number);
    this.#taken.add(name);
    return name;
  }
}

/** The names of what is neither an element nor an attribute. No XML name begins with `$`. */
export const special = {
  /** The value of an element with simple content, beside its attributes. */
  value: '$value',
  /** Which of the derived types it is. */
  type: '$type',
  /** The content of an element with text between its elements, as XML. */
  xml: '$xml',
  /** Elements that the schema does not name, as XML. */
  any: '$any',
  /** Attributes that the schema does not name. */
  attributes: '$attributes',
} as const;
