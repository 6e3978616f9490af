import type { FieldRow } from '../model.js';
import type { ColumnType } from './column-type.js';
import { boolean, currency, dateTime, integer, number } from './number.js';
import { link, lookup, multiLookup, multiTaxonomy, multiUser, taxonomy, user } from './reference.js';
import { choice, computed, guid, image, location, multiChoice, note, text } from './text.js';

/** By `TypeAsString`. */
export const columnTypes = {
  Text: text,
  Note: note,
  Number: number,
  Currency: currency,
  Integer: integer,
  Counter: { ...integer, kind: 5, entity: 'SP.Field', facts: {} },
  Boolean: boolean,
  Choice: choice,
  MultiChoice: multiChoice,
  DateTime: dateTime,
  Lookup: lookup,
  LookupMulti: multiLookup,
  User: user,
  UserMulti: multiUser,
  TaxonomyFieldType: taxonomy,
  TaxonomyFieldTypeMulti: multiTaxonomy,
  URL: link,
  Thumbnail: image,
  Location: location,
  Guid: guid,
  Calculated: {
    ...computed(17, 'SP.FieldCalculated'),
    facts: {
      CurrencyLocaleId: 0,
      DateFormat: 0,
      DisplayFormat: -1,
      Formula: '',
      OutputType: 2,
      ShowAsPercentage: false,
    },
  },
  Computed: { ...computed(12, 'SP.FieldComputed'), facts: { EnableLookup: false } },
  File: computed(18),
  Attachments: { ...computed(19), empty: false },
  ContentTypeId: computed(25),
  ModStat: {
    ...computed(23, 'SP.FieldChoice'),
    facts: { ...choice.facts, Choices: ['0;#Approved', '1;#Rejected', '2;#Pending', '3;#Draft', '4;#Scheduled'] },
  },
} as const satisfies Record<string, ColumnType>;

export type TypeAsString = keyof typeof columnTypes;

export function columnType(field: FieldRow): ColumnType {
  return columnTypes[field.type as TypeAsString];
}

/** The `TypeAsString` of a `FieldTypeKind`: what `fields.add` is given. */
export const typeOfKind = (kind: number, multiple = false): TypeAsString | undefined =>
  (Object.keys(columnTypes) as TypeAsString[]).find(
    (type) =>
      columnTypes[type].kind === kind &&
      !type.startsWith('Taxonomy') &&
      (!multiple || type.endsWith('Multi') || !(`${type}Multi` in columnTypes)),
  );

/** The name that OData gives a column: a name may not begin with an underscore or a digit. */
export const entityPropertyName = (internalName: string): string =>
  /^[_\d]/.test(internalName) ? `OData_${internalName}` : internalName;

/** The name of the property that holds a column's value in an item. */
export const propertyName = (field: FieldRow): string =>
  entityPropertyName(field.internalName) + (columnType(field).suffix ?? '');
