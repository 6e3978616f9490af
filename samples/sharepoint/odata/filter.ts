import { invalidQuery } from '../fault.js';
import type { Comparison, Condition, DatePart } from './condition.js';
import { type Literal, readLiteral } from './literal.js';

const TOKEN = /\s*((?:guid|datetime|datetimeoffset)?'(?:[^']|'')*'|[(),]|[-\w./:+{}]+)/gy;
const DEEPEST = 100;

/**
 * Reads `$filter` (OData 3 URI conventions §4.5), as far as SharePoint knows it.
 * @throws Fault 400
 */
export function readFilter(text: string): Condition {
  return new FilterReader(text).read();
}

class FilterReader {
  readonly #text: string;
  readonly #tokens: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    const tokens = [...text.matchAll(TOKEN)].map(([, token = '']) => token);
    if (tokens.join('').length !== text.replaceAll(/\s+(?=(?:[^']*'[^']*')*[^']*$)/g, '').length) throw this.#invalid();
    this.#tokens = tokens;
  }

  read(): Condition {
    const condition = this.#or();
    if (this.#at < this.#tokens.length) throw this.#invalid();
    return condition;
  }

  #or(): Condition {
    const of = [this.#and()];
    while (this.#takes('or')) of.push(this.#and());
    return of.length === 1 ? (of[0] as Condition) : { op: 'or', of };
  }

  #and(): Condition {
    const of = [this.#unary()];
    while (this.#takes('and')) of.push(this.#unary());
    return of.length === 1 ? (of[0] as Condition) : { op: 'and', of };
  }

  #unary(): Condition {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw this.#invalid();
    try {
      if (this.#takes('not')) return { op: 'not', of: [this.#unary()] };
      if (this.#takes('(')) {
        const inner = this.#or();
        this.#expect(')');
        return inner;
      }
      return this.#comparison();
    } finally {
      this.#depth -= 1;
    }
  }

  #comparison(): Condition {
    const name = this.#next();
    if (this.#takes('(')) return this.#function(name.toLowerCase());
    return this.#compared(name);
  }

  #function(name: string): Condition {
    const first = this.#next();
    if (DATE_PARTS.has(name)) {
      this.#expect(')');
      return this.#compared(first, name as DatePart);
    }
    this.#expect(',');
    const second = this.#next();
    this.#expect(')');
    const [path, value] = name === 'substringof' ? [second, first] : [first, second];
    const op = TEXT_FUNCTIONS[name];
    if (op === undefined) throw invalidQuery(`The function '${name}' is not supported.`);
    const condition: Condition = { op, path, value: readLiteral(value) };
    if (!this.#takes('eq')) return condition;
    return readLiteral(this.#next()) === false ? { op: 'not', of: [condition] } : condition;
  }

  #compared(path: string, part?: DatePart): Condition {
    const op = this.#next().toLowerCase();
    const value: Literal = readLiteral(this.#next());
    if (!COMPARISONS.has(op)) throw this.#invalid();
    if (value === null) return { op: op === 'eq' ? 'null' : 'notnull', path };
    return { op: op as Comparison, path, value, ...(part !== undefined && { part }) };
  }

  #takes(token: string): boolean {
    const found = this.#tokens[this.#at]?.toLowerCase() === token;
    if (found) this.#at += 1;
    return found;
  }

  #expect(token: string): void {
    if (!this.#takes(token)) throw this.#invalid();
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw this.#invalid();
    this.#at += 1;
    return token;
  }

  #invalid(): Error {
    return invalidQuery(`The expression "${this.#text}" is not valid.`);
  }
}

const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);
const DATE_PARTS: ReadonlySet<string> = new Set(['day', 'month', 'year', 'hour', 'minute', 'second']);
const TEXT_FUNCTIONS: Readonly<Record<string, Comparison>> = {
  startswith: 'startswith',
  substringof: 'contains',
};
