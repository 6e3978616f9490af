import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { typeReference } from '../../../config/model/json-schema.js';
import type { FieldFacts } from '../describe/facts.js';
import type { ColumnKind } from '../plan.js';
import type { sharedTypes } from './shared-types.js';

/** How a type of column is read and written, and the schema of a value that is there. */
export interface ColumnShape {
  readonly kind: ColumnKind;
  readonly schema: JsonSchemaObject;
  /** It never can be written. */
  readonly readOnly?: true;
}

type ShapeOf = (field: FieldFacts) => ColumnShape;

/** A text that the schema bounds to 255 characters unless the column says otherwise. */
const text: ShapeOf = ({ maxLength }) => ({
  kind: 'text',
  schema: { type: 'string', maxLength: maxLength === undefined || maxLength < 1 ? 255 : maxLength },
});
const plainText = (format?: string): ColumnShape => ({
  kind: 'text',
  schema: { type: 'string', ...(format === undefined ? {} : { format }) },
});
const memo = (rich: boolean): ColumnShape => ({
  kind: 'text',
  schema: rich
    ? { type: 'string', contentMediaType: 'text/html', 'x-smartwright-data-type': 'Memo' }
    : { type: 'string', 'x-smartwright-data-type': 'Memo' },
});
const number: ShapeOf = ({ minimum, maximum }) => ({
  kind: 'number',
  schema: {
    type: 'number',
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  },
});
const integer: ShapeOf = (field) => ({ kind: 'number', schema: { ...number(field).schema, type: 'integer' } });
const boolean: ShapeOf = () => ({ kind: 'boolean', schema: { type: 'boolean' } });
const choice: ShapeOf = ({ choices, fillIn }) => ({
  kind: 'text',
  schema: { type: 'string', ...oneOf(choices, fillIn), ...(fillIn ? { maxLength: 255 } : {}) },
});
const choices: ShapeOf = (field) => ({
  kind: 'choices',
  schema: { type: 'array', items: { type: 'string', ...oneOf(field.choices, field.fillIn) }, uniqueItems: true },
});
const date: ShapeOf = ({ dateOnly }) =>
  dateOnly
    ? { kind: 'date', schema: { type: 'string', format: 'date' } }
    : { kind: 'dateTime', schema: { type: 'string', format: 'date-time' } };

const ref = (name: keyof typeof sharedTypes): JsonSchemaObject => typeReference(name);
const one =
  (kind: ColumnKind, name: keyof typeof sharedTypes): ShapeOf =>
  () => ({ kind, schema: ref(name) });
const many =
  (kind: ColumnKind, name: keyof typeof sharedTypes): ShapeOf =>
  () => ({ kind, schema: { type: 'array', items: ref(name) } });

/** Values that people may add to are told as examples. */
function oneOf(values: readonly string[], fillIn: boolean): Pick<JsonSchemaObject, 'enum' | 'examples'> {
  const distinct = [...new Set(values)];
  if (distinct.length === 0) return {};
  return fillIn ? { examples: distinct } : { enum: distinct };
}

/** Results of calculated columns by `FieldType`. */
const calculated: Readonly<Record<number, (field: FieldFacts) => ColumnShape>> = {
  4: date,
  8: boolean,
  9: () => ({ kind: 'number', schema: { type: 'number' } }),
  10: () => ({ kind: 'number', schema: { type: 'number' } }),
};

const fixed = (shape: ColumnShape): ColumnShape => ({ ...shape, readOnly: true });
const moderation = ['Approved', 'Denied', 'Pending', 'Draft', 'Scheduled'];

/** Every type of column, by `TypeAsString`. */
const shapes: Readonly<Record<string, ShapeOf>> = {
  Text: text,
  Note: ({ rich }) => memo(rich),
  HTML: () => memo(true),
  Number: number,
  Currency: number,
  Integer: integer,
  Counter: () => fixed({ kind: 'number', schema: { type: 'integer' } }),
  Boolean: boolean,
  AllDayEvent: boolean,
  Recurrence: boolean,
  CrossProjectLink: boolean,
  Attachments: () => fixed({ kind: 'boolean', schema: { type: 'boolean' } }),
  Choice: choice,
  OutcomeChoice: choice,
  MultiChoice: choices,
  DateTime: date,
  Lookup: one('lookup', 'LookupValue'),
  LookupMulti: many('lookups', 'LookupValue'),
  User: one('person', 'Person'),
  UserMulti: many('persons', 'Person'),
  TaxonomyFieldType: one('term', 'Term'),
  TaxonomyFieldTypeMulti: many('terms', 'Term'),
  URL: one('link', 'Hyperlink'),
  Thumbnail: one('image', 'Picture'),
  Location: one('location', 'Place'),
  Geolocation: one('geolocation', 'GeoPoint'),
  Guid: () => fixed(plainText('uuid')),
  Calculated: (field) => fixed((calculated[field.output ?? 2] ?? (() => plainText()))(field)),
  Computed: () => fixed(plainText()),
  ContentTypeId: () => fixed(plainText()),
  File: () => ({ kind: 'text', schema: { type: 'string', minLength: 1, maxLength: 400 } }),
  ModStat: () =>
    fixed({ kind: 'number', schema: { type: 'integer', enum: [0, 1, 2, 3, 4], 'x-enum-varnames': moderation } }),
  WorkflowStatus: () => fixed(plainText()),
  AverageRating: () => fixed({ kind: 'number', schema: { type: 'number' } }),
  RatingCount: () => fixed({ kind: 'number', schema: { type: 'number' } }),
  Likes: () => fixed({ kind: 'number', schema: { type: 'number' } }),
};

/** The shape of a column; undefined for a type that is not known. */
export function shapeOf(field: FieldFacts): ColumnShape | undefined {
  return Object.hasOwn(shapes, field.type) ? shapes[field.type]?.(field) : undefined;
}

/** The schema of a value that may be missing. */
export function orNull(schema: JsonSchemaObject): JsonSchema {
  const { description, title, readOnly, ...bare } = schema;
  const said = {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(readOnly === undefined ? {} : { readOnly }),
  };
  if (bare.$ref !== undefined || typeof bare.type !== 'string') return { ...said, anyOf: [bare, { type: 'null' }] };
  const names = bare['x-enum-varnames'];
  return {
    ...said,
    ...bare,
    type: [bare.type, 'null'],
    ...(bare.enum === undefined ? {} : { enum: [...bare.enum, null] }),
    ...(names === undefined ? {} : { 'x-enum-varnames': [...names, 'None'] }),
  };
}
