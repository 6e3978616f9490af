import type { Value } from '../model.js';

/** `=[Net]*(1+[Rate])`: numbers, texts, columns, `+ - * / &` and parentheses. */
export function calculate(formula: string, valueAt: (column: string) => Value): Value {
  const tokens = formula.replace(/^=/, '').match(/"[^"]*"|\[[^\]]+\]|\d+(?:\.\d+)?|\w+|[-+*/&()]/g) ?? [];
  let at = 0;
  const peek = (): string => tokens[at] ?? '';

  const atom = (): Value => {
    const token = tokens[at++] ?? '';
    if (token === '(') {
      const inner = joined();
      at += 1;
      return inner;
    }
    if (token === '-') return -Number(atom());
    if (token.startsWith('"')) return token.slice(1, -1);
    if (/^\d/.test(token)) return Number(token);
    return valueAt(token.replace(/^\[|\]$/g, ''));
  };
  const binary = (next: () => Value, operations: Readonly<Record<string, (a: Value, b: Value) => Value>>): Value => {
    let left = next();
    for (let operation = operations[peek()]; operation !== undefined; operation = operations[peek()]) {
      at += 1;
      left = operation(left, next());
    }
    return left;
  };
  const product = (): Value =>
    binary(atom, { '*': (a, b) => Number(a) * Number(b), '/': (a, b) => Number(a) / Number(b) });
  const sum = (): Value =>
    binary(product, { '+': (a, b) => Number(a) + Number(b), '-': (a, b) => Number(a) - Number(b) });
  const joined = (): Value => binary(sum, { '&': (a, b) => `${a ?? ''}${b ?? ''}` });
  return joined();
}
