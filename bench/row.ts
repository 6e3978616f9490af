/** One line of the result: a figure, what it is compared with in the same run, and the target that it is held to. */
export interface Row {
  readonly section: string;
  readonly what: string;
  readonly value: string;
  /** How many times the floor, or the peer. */
  readonly ratio?: number;
  readonly against?: string;
  readonly target?: string;
  readonly met?: boolean;
}

export const microseconds = (value: number): string => `${value.toFixed(0)} µs`;
export const milliseconds = (value: number): string =>
  value < 10 ? `${value.toFixed(2)} ms` : `${value.toFixed(0)} ms`;
export const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`;

/** Prints rows as an aligned table. */
export function printTable(rows: readonly Row[]): void {
  const cells = rows.map(({ section, what, value, ratio, against, target, met }) => [
    section,
    what,
    value,
    ratio === undefined ? '' : `${ratio.toFixed(2)} × ${against ?? ''}`,
    target ?? '',
    met === undefined ? '' : met ? 'met' : 'MISSED',
  ]);
  const table = [['', 'measured', 'value', 'ratio', 'target', ''], ...cells];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of table) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}
