import { printable } from './printable.js';

/** Widest cell that a table prints, in characters; the rest is cut and marked with `…`. */
const widestCell = 60;

export interface TableOptions {
  /** Underlines the heading by colour instead of leaving it plain. Default false. */
  readonly colour?: boolean;
}

/** Lines of left-aligned columns, two spaces apart, without trailing space. Control characters cannot reach the terminal. */
export function table(
  heading: readonly string[],
  rows: readonly (readonly unknown[])[],
  options: TableOptions = {},
): string {
  const cells = [heading, ...rows].map((row) => heading.map((_, column) => cell(row[column])));
  const widths = heading.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const [first = '', ...rest] = lines;
  return [options.colour === true ? `\u001b[1m${first}\u001b[0m` : first, ...rest].join('\n');
}

function cell(value: unknown): string {
  const text = printable(textOf(value));
  return text.length > widestCell ? `${text.slice(0, widestCell - 1)}…` : text;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value, exactIntegers) : String(value);
}

const exactIntegers = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
