import type { GivenName, GivenNames } from '../../broker.js';

/**
 * The names that the last discovery gave. An operation is the same when verb and path are; a path whose parameters are only
 * called otherwise now is the same too, where no other could be meant.
 */
export class FormerNames {
  readonly #exact: GivenNames;
  readonly #alike = new Map<string, GivenName | 'several'>();

  /** @param operations those of the document as it is now */
  constructor(given: GivenNames | undefined, operations: Iterable<string>) {
    this.#exact = given ?? new Map();
    const here = new Set(operations);
    const gone = [...this.#exact].filter(([operation]) => !here.has(operation));
    for (const [operation, name] of gone) this.#count(shapeOf(operation), name);
    if (gone.length === 0) return;
    const come = new Set<string>();
    for (const operation of here) {
      if (this.#exact.has(operation)) continue;
      const shape = shapeOf(operation);
      if (come.has(shape)) this.#alike.set(shape, 'several');
      come.add(shape);
    }
  }

  /** What an operation was called, undefined when it is new. */
  of(operation: string): GivenName | undefined {
    const exact = this.#exact.get(operation);
    if (exact !== undefined) return exact;
    const alike = this.#alike.get(shapeOf(operation));
    return alike === 'several' ? undefined : alike;
  }

  #count(shape: string, name: GivenName): void {
    this.#alike.set(shape, this.#alike.has(shape) ? 'several' : name);
  }
}

const shapeOf = (operation: string): string => operation.replace(/\{[^{}]*\}/g, '{}');
