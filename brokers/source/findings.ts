import type { Diagnostic } from '../../config/model/service-object.js';

/** Of one code, this many findings are kept one by one; the rest are counted. */
const KEPT_PER_CODE = 500;

/** Collects diagnostics while a descriptor is read. A finding that says the same about the same place is kept once. */
export class Findings {
  readonly #found = new Map<string, Diagnostic>();
  readonly #count = new Map<string, number>();

  warn(code: string, message: string, where: Where = {}): void {
    this.#add({ severity: 'warning', code, message, ...where });
  }

  skip(code: string, message: string, where: Where = {}): void {
    this.#add({ severity: 'skipped', code, message, ...where });
  }

  list(): Diagnostic[] {
    const more = [...this.#count]
      .filter(([, count]) => count > KEPT_PER_CODE)
      .map(([code, count]): Diagnostic => {
        const message = `${count - KEPT_PER_CODE} more findings of the kind ${code} are not listed one by one.`;
        return { severity: 'warning', code, message };
      });
    return [...this.#found.values(), ...more];
  }

  #add(diagnostic: Diagnostic): void {
    const key = `${diagnostic.code}\n${diagnostic.operation ?? ''}\n${diagnostic.location ?? ''}\n${diagnostic.message}`;
    if (this.#found.has(key)) return;
    const count = (this.#count.get(diagnostic.code) ?? 0) + 1;
    // What is skipped is always named.
    if (diagnostic.severity === 'warning') this.#count.set(diagnostic.code, count);
    if (diagnostic.severity === 'skipped' || count <= KEPT_PER_CODE) this.#found.set(key, diagnostic);
  }
}

/** What a finding is about. */
export type Where = Pick<Diagnostic, 'operation' | 'location'>;
