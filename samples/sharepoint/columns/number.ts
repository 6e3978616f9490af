import { Fault } from '../fault.js';
import type { FieldRow, Value } from '../model.js';
import { type ColumnType, FormFault, wrongPrimitive } from './column-type.js';

const asText = (value: Value): string => (value === null ? '' : String(value));

function acceptNumber(value: unknown, field: FieldRow): number | null {
  if (value === null) return null;
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof read !== 'number' || !Number.isFinite(read)) throw wrongPrimitive('Double');
  const reason = outOfRange(read, field);
  if (reason !== undefined) throw new Fault(400, '-2130575163, Microsoft.SharePoint.SPFieldValueException', reason);
  return read;
}

function outOfRange(value: number, field: FieldRow): string | undefined {
  const [least, most] = [Number(field.more.MinimumValue), Number(field.more.MaximumValue)];
  return value < least || value > most
    ? `The value of ${field.title} must be between ${least} and ${most}.`
    : undefined;
}

const LEAST = -1.7976931348623157e308;
const range = { MinimumValue: LEAST, MaximumValue: -LEAST };

export const number: ColumnType = {
  kind: 9,
  entity: 'SP.FieldNumber',
  facts: {
    ...range,
    DisplayFormat: -1,
    ShowAsPercentage: false,
    CommaSeparator: true,
    CustomUnitName: null,
    Unit: null,
  },
  accept: acceptNumber,
  text: (value, field) =>
    field.more.ShowAsPercentage === true && typeof value === 'number' ? `${value * 100}%` : asText(value),
  parse: parseNumber,
};

export const currency: ColumnType = {
  kind: 10,
  entity: 'SP.FieldCurrency',
  facts: { ...range, CurrencyLocaleId: 1033, DisplayFormat: 2, ShowAsPercentage: false, CommaSeparator: true },
  accept: acceptNumber,
  text: (value) =>
    typeof value === 'number' ? value.toLocaleString('en-US', { style: 'currency', currency: 'USD' }) : '',
  parse: parseNumber,
};

export const integer: ColumnType = {
  kind: 1,
  entity: 'SP.FieldNumber',
  facts: { ...range, DisplayFormat: 0, ShowAsPercentage: false },
  accept(value, field) {
    const read = acceptNumber(value, field);
    if (read !== null && !Number.isInteger(read)) throw wrongPrimitive('Int32');
    return read;
  },
  text: asText,
  parse: parseNumber,
};

function parseNumber(written: string, field: FieldRow): number | null {
  if (written === '') return null;
  const read = Number(written.replaceAll(',', ''));
  if (Number.isNaN(read)) throw new FormFault('Only numbers can go here.');
  const reason = outOfRange(read, field);
  if (reason !== undefined) throw new FormFault(reason);
  return read;
}

export const boolean: ColumnType = {
  kind: 8,
  entity: 'SP.Field',
  accept(value) {
    if (value !== null && typeof value !== 'boolean') throw wrongPrimitive('Boolean');
    return value;
  },
  text: (value) => (value === null ? '' : value === true ? 'Yes' : 'No'),
  parse: (written) => ['1', 'true', 'yes'].includes(written.toLowerCase()),
};

export const dateTime: ColumnType = {
  kind: 4,
  entity: 'SP.FieldDateTime',
  facts: { DateTimeCalendarType: 0, DisplayFormat: 1, FriendlyDisplayFormat: 1 },
  accept(value) {
    if (value === null || value === '') return null;
    const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(time)) throw wrongPrimitive('DateTime');
    return seconds(time);
  },
  text: (value, field) => {
    if (typeof value !== 'string') return '';
    const date = new Date(value);
    return field.more.DisplayFormat === 0
      ? date.toLocaleDateString('en-US', { timeZone: 'UTC' })
      : date.toLocaleString('en-US', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'short' });
  },
  parse(written) {
    if (written === '') return null;
    const time = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(written) ? written : `${written} UTC`);
    if (Number.isNaN(time))
      throw new FormFault('You must specify a valid date within the range of 1/1/1900 and 12/31/8900.');
    return seconds(time);
  },
};

/** SharePoint keeps whole seconds. */
export const seconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
