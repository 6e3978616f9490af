/** What a query asks of a row: what `$filter` and CAML's `Where` both become. */
export type Condition =
  | { readonly op: 'and'; readonly of: readonly Condition[] }
  | { readonly op: 'or'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: readonly [Condition] }
  | { readonly op: Comparison; readonly path: string; readonly value: Scalar; readonly part?: DatePart }
  | { readonly op: 'null' | 'notnull'; readonly path: string }
  | { readonly op: 'in'; readonly path: string; readonly values: readonly Scalar[] };

export type Scalar = string | number | boolean | null;
export type DatePart = 'day' | 'month' | 'year' | 'hour' | 'minute' | 'second';
export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'startswith' | 'contains';

/** A row's value at a path such as `Customer/Title`; an array when it has many. */
export type ValueOf = (path: string) => unknown;

export function holds(condition: Condition, valueAt: ValueOf): boolean {
  if (condition.op === 'and') return condition.of.every((part) => holds(part, valueAt));
  if (condition.op === 'or') return condition.of.some((part) => holds(part, valueAt));
  if (condition.op === 'not') return !holds(condition.of[0], valueAt);
  const value = valueAt(condition.path);
  if (!('value' in condition || 'values' in condition)) return isNothing(value) === (condition.op === 'null');
  if ('values' in condition) return condition.values.some((one) => compares('eq', value, one));
  const { op, part, value: wanted } = condition;
  return compares(op, part === undefined ? value : partOf(value, part), wanted);
}

function compares(op: Comparison, value: unknown, wanted: Scalar): boolean {
  if (Array.isArray(value)) {
    return op === 'ne'
      ? !value.some((one) => compares('eq', one, wanted))
      : value.some((one) => compares(op, one, wanted));
  }
  return tests[op](value, wanted);
}

const tests: Readonly<Record<Comparison, (value: unknown, wanted: Scalar) => boolean>> = {
  eq: (value, wanted) => (wanted === null ? isNothing(value) : order(value, wanted) === 0),
  ne: (value, wanted) => (wanted === null ? !isNothing(value) : order(value, wanted) !== 0),
  gt: (value, wanted) => !isNothing(value) && order(value, wanted) > 0,
  ge: (value, wanted) => !isNothing(value) && order(value, wanted) >= 0,
  lt: (value, wanted) => !isNothing(value) && order(value, wanted) < 0,
  le: (value, wanted) => !isNothing(value) && order(value, wanted) <= 0,
  startswith: (value, wanted) => folded(value).startsWith(folded(wanted)),
  contains: (value, wanted) => folded(value).includes(folded(wanted)),
};

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
const folded = (value: unknown): string => (isNothing(value) ? '' : String(value).toLowerCase());

/** Less than, equal to, or more than 0. Texts are compared without regard to case, dates as moments, nothing comes first. */
export function order(left: unknown, right: unknown): number {
  if (isNothing(left) || isNothing(right)) return Number(!isNothing(left)) - Number(!isNothing(right));
  if (typeof left === 'boolean' || typeof right === 'boolean') return truth(left) - truth(right);
  if (typeof left === 'number' || typeof right === 'number') {
    const difference = Number(left) - Number(right);
    return Number.isNaN(difference) ? 1 : difference;
  }
  const [a, b] = [String(left), String(right)];
  if (DATE.test(a) && DATE.test(b)) return Date.parse(a) - Date.parse(b);
  return a.localeCompare(b, 'en', { sensitivity: 'accent' });
}

const DATE = /^\d{4}-\d\d-\d\d(T|$)/;

const truth = (value: unknown): number => Number(['true', '1', 'yes'].includes(String(value).toLowerCase()));

function partOf(value: unknown, part: DatePart): number | null {
  if (typeof value !== 'string') return null;
  const date = new Date(value);
  const parts: Readonly<Record<DatePart, number>> = {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
  return parts[part];
}

/** The paths that a condition looks at. */
export function pathsOf(condition: Condition): string[] {
  return 'of' in condition ? condition.of.flatMap(pathsOf) : [condition.path];
}
