import { inputInvalid } from '../../input-error.js';
import { isFields } from '../odata/answer.js';
import { filterText } from '../odata/literal.js';
import type { ColumnKind, ColumnPlan } from '../plan.js';
import { nextDay, startOfDay } from '../site/time-zone.js';

type Equal = (value: unknown, column: ColumnPlan, timeZone: string) => string;

const text: Equal = (value, { entity }) => `${entity} eq ${filterText(String(value))}`;
const id: Equal = (value, { entity }) => `${entity}Id eq ${String(isFields(value) ? value.id : value)}`;

/** How a column is compared with a value. Kinds that are not here cannot be. */
const equals: Readonly<Partial<Record<ColumnKind, Equal>>> = {
  text,
  number: (value, { entity }) => `${entity} eq ${String(value)}`,
  boolean: (value, { entity }) => `${entity} eq ${value === true ? 1 : 0}`,
  choices: (value, { entity }) => `${entity} eq ${filterText(String(value))}`,
  dateTime: (value, { entity }) => `${entity} eq datetime'${String(value)}'`,
  date: (value, { entity }, zone) =>
    `(${entity} ge datetime'${startOfDay(String(value), zone)}' and ${entity} lt datetime'${startOfDay(nextDay(String(value)), zone)}')`,
  lookup: id,
  lookups: id,
  person: id,
  persons: id,
};

export const isComparable = ({ kind }: ColumnPlan): boolean => equals[kind] !== undefined;

/** A condition that a column has a value; null: that it has none. */
export function equality(value: unknown, column: ColumnPlan, timeZone: string): string {
  if (value === null) return `${column.entity} eq null`;
  return equals[column.kind]?.(value, column, timeZone) ?? text(value, column, timeZone);
}

const members: Readonly<Partial<Record<ColumnKind, Readonly<Record<string, string>>>>> = {
  lookup: { id: 'Id', value: 'Title' },
  lookups: { id: 'Id', value: 'Title' },
  person: { id: 'Id', name: 'Title', email: 'EMail', loginName: 'Name' },
  persons: { id: 'Id', name: 'Title', email: 'EMail', loginName: 'Name' },
};

/** An expression with the names that SharePoint has for columns, and the columns that have to be joined for it. */
export interface Translated {
  readonly expression: string;
  readonly columns: readonly ColumnPlan[];
}

/**
 * Texts, names, perhaps with a member, and quotes that are not closed. What follows a name says whether it is a function's or that of
 * a literal; nothing behind a name can fail, so that it is read once, however long it is.
 */
const tokens = /'(?:[^']|'')*'|([\p{L}_][\p{L}\p{Nd}_]*)(?:[/.]([\p{L}_][\p{L}\p{Nd}_]*))?(?=(\s*\(|')?)|'/gu;

/**
 * Puts SharePoint's names of columns in place of the properties that an OData expression names, such as `$filter` and `$orderby`.
 * Members are written `Customer/value` or `Customer.value`. What names no property stays as it is.
 *
 * @throws CallerError INPUT_INVALID for a quote that is not closed
 */
export function translate(expression: string, columns: readonly ColumnPlan[], input: string): Translated {
  const known = new Map(columns.map((column) => [column.name, column]));
  const used = new Set<ColumnPlan>();
  const written = expression.replaceAll(
    tokens,
    (whole: string, name: string | undefined, member: string | undefined, called: string | undefined) => {
      if (whole === "'") throw inputInvalid(input, 'has a quote that is not closed');
      const column = name === undefined || called !== undefined ? undefined : known.get(name);
      if (column === undefined) return whole;
      const inner = members[column.kind];
      if (inner === undefined) return member === undefined ? column.entity : `${column.entity}/${member}`;
      if (member === undefined || member === 'id') return `${column.entity}Id`;
      used.add(column);
      if (member === 'value' && column.other !== undefined) return `${column.entity}/${column.other}`;
      return `${column.entity}/${inner[member] ?? member}`;
    },
  );
  return { expression: written, columns: [...used] };
}
