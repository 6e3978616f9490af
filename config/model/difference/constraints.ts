import type { SchemaChangeCode } from './impact.js';

/** A constraint whose change limits more, limits less, or limits something else. */
export interface ConstraintChange {
  readonly keyword: string;
  readonly code: Extract<SchemaChangeCode, `CONSTRAINT_${string}` | `FORMAT_${string}`>;
  readonly before: unknown;
  readonly after: unknown;
}

/** Whether a greater number limits less (`upper`) or more (`lower`). */
const bounds: Readonly<Record<string, 'upper' | 'lower'>> = {
  maximum: 'upper',
  exclusiveMaximum: 'upper',
  maxLength: 'upper',
  maxItems: 'upper',
  maxProperties: 'upper',
  minimum: 'lower',
  exclusiveMinimum: 'lower',
  minLength: 'lower',
  minItems: 'lower',
  minProperties: 'lower',
};

/** Formats that hold a part of what the other holds. */
const widerFormat: Readonly<Record<string, string>> = { int32: 'int64', float: 'double' };

/** Formats that validation, data types or generated code heed; any other is a remark. */
const heededFormats = new Set([
  ...[
    'date',
    'time',
    'date-time',
    'duration',
    'uri',
    'uri-reference',
    'url',
    'iri',
    'email',
    'hostname',
    'ipv4',
    'ipv6',
  ],
  ...['uuid', 'guid', 'byte', 'binary', 'int32', 'int64', 'float', 'double', 'regex', 'json-pointer', 'image', 'xml'],
]);

/** Keywords that change what a value is for a caller, like a format. */
const formats = new Set(['format', 'contentEncoding', 'contentMediaType']);

/** What changed of the constraints of one value. */
export function* constraintChanges(
  former: ReadonlyMap<string, unknown>,
  latter: ReadonlyMap<string, unknown>,
): Generator<ConstraintChange> {
  for (const keyword of new Set([...former.keys(), ...latter.keys()])) {
    const before = heeded(keyword, former.get(keyword));
    const after = heeded(keyword, latter.get(keyword));
    if (before === after || JSON.stringify(before) === JSON.stringify(after)) continue;
    yield {
      keyword,
      before,
      after,
      code: formats.has(keyword) ? formatCode(before, after) : code(keyword, before, after),
    };
  }
}

function heeded(keyword: string, value: unknown): unknown {
  if (keyword === 'format') return heededFormats.has(String(value)) ? value : undefined;
  return keyword === 'uniqueItems' && value === false ? undefined : value;
}

function formatCode(before: unknown, after: unknown): ConstraintChange['code'] {
  if (before === undefined) return 'FORMAT_ADDED';
  if (after === undefined) return 'FORMAT_REMOVED';
  if (widerFormat[String(before)] === after) return 'FORMAT_REMOVED';
  return widerFormat[String(after)] === before ? 'FORMAT_ADDED' : 'FORMAT_CHANGED';
}

function code(keyword: string, before: unknown, after: unknown): ConstraintChange['code'] {
  if (before === undefined) return 'CONSTRAINT_TIGHTENED';
  if (after === undefined) return 'CONSTRAINT_LOOSENED';
  const bound = bounds[keyword];
  if (bound === undefined || typeof before !== 'number' || typeof after !== 'number') return 'CONSTRAINT_CHANGED';
  return after > before === (bound === 'upper') ? 'CONSTRAINT_LOOSENED' : 'CONSTRAINT_TIGHTENED';
}
