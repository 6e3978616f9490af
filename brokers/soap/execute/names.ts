import { escapeAttribute } from '../../xml/index.js';

/** Gives every namespace of a message one prefix, all declared at the envelope. */
export class Prefixes {
  readonly #prefixes = new Map<string, string>();

  constructor(fixed: Readonly<Record<string, string>>) {
    for (const [prefix, namespace] of Object.entries(fixed)) this.#prefixes.set(namespace, prefix);
  }

  /** A tag or attribute name; a name in no namespace has no prefix, for there is never a default namespace. */
  qualified(namespace: string, name: string): string {
    return namespace === '' ? name : `${this.prefix(namespace)}:${name}`;
  }

  prefix(namespace: string): string {
    const known = this.#prefixes.get(namespace);
    if (known !== undefined) return known;
    const prefix = `n${this.#prefixes.size}`;
    this.#prefixes.set(namespace, prefix);
    return prefix;
  }

  get size(): number {
    return this.#prefixes.size;
  }

  /** ` xmlns:n0="…"` of all so far. */
  declarations(): string {
    return [...this.#prefixes]
      .map(([namespace, prefix]) => ` xmlns:${prefix}="${escapeAttribute(namespace)}"`)
      .join('');
  }
}
