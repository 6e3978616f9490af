import { type Fields, isFields, membersOf, numberIn, textIn } from '../odata/answer.js';
import type { ColumnKind, ColumnPlan } from '../plan.js';
import { dayOf } from '../site/time-zone.js';

/** What reading needs beside the column. */
export interface Reading {
  readonly timeZone: string;
  /** Labels of terms by their number on this site (`WssId`). */
  readonly labels: ReadonlyMap<number, string>;
}

type Read = (value: unknown, column: ColumnPlan, reading: Reading, item: Fields) => unknown;

const each =
  (read: Read): Read =>
  (value, column, reading, item) =>
    membersOf(value).map((member) => read(member, column, reading, item) ?? {});

const text: Read = (value) => {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** Calculated columns give numbers as text, `12.5000000000000`, on premises `float;#12.5`. */
const number: Read = (value) => {
  if (typeof value === 'number') return value;
  const digits = typeof value === 'string' ? value.replace(/^\w+;#/, '').trim() : '';
  const read = digits === '' ? Number.NaN : Number(digits);
  return Number.isFinite(read) ? read : null;
};

const boolean: Read = (value) => {
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined || value === '') return null;
  return ['1', 'true', 'yes'].includes(
    String(value)
      .replace(/^\w+;#/, '')
      .toLowerCase(),
  );
};

/** Times of calculated columns on premises begin with `datetime;#`. */
const instant = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || value === '') return undefined;
  const written = value
    .replace(/^\w+;#/, '')
    .trim()
    .replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T');
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(written) || !written.includes('T') ? written : `${written}Z`;
  return Number.isNaN(Date.parse(zoned)) ? undefined : zoned;
};

const lookup: Read = (value, { other = 'Title' }) => {
  if (!isFields(value)) return null;
  const id = numberIn(value, 'Id') ?? numberIn(value, 'ID');
  if (id === undefined) return null;
  const shown = value[other];
  return { id, value: shown === undefined || shown === null ? null : String(shown) };
};

const person: Read = (value) => {
  if (!isFields(value)) return null;
  const id = numberIn(value, 'Id') ?? numberIn(value, 'ID');
  if (id === undefined) return null;
  return {
    id,
    name: textIn(value, 'Title') ?? null,
    email: textIn(value, 'EMail') ?? null,
    loginName: textIn(value, 'Name') ?? null,
  };
};

const term: Read = (value, _, { labels }) => {
  if (!isFields(value)) return null;
  const id = textIn(value, 'TermGuid');
  if (id === undefined) return null;
  const wssId = numberIn(value, 'WssId');
  // A column of one term gives its number in place of the label.
  const label = (wssId === undefined ? undefined : labels.get(wssId)) ?? textIn(value, 'Label') ?? null;
  return { id, label };
};

const link: Read = (value) => {
  if (!isFields(value)) return null;
  const url = textIn(value, 'Url');
  return url === undefined ? null : { url, description: textIn(value, 'Description') ?? null };
};

/** Values that SharePoint keeps as JSON in text. */
const structured = (value: unknown): Fields | undefined => {
  if (isFields(value)) return value;
  if (typeof value !== 'string' || value === '') return undefined;
  try {
    const read: unknown = JSON.parse(value);
    return isFields(read) ? read : undefined;
  } catch {
    return undefined;
  }
};

const image: Read = (value) => {
  const read = structured(value);
  if (read === undefined) return null;
  return {
    fileName: textIn(read, 'fileName') ?? null,
    serverUrl: textIn(read, 'serverUrl') ?? null,
    serverRelativeUrl: textIn(read, 'serverRelativeUrl') ?? null,
    id: textIn(read, 'id') ?? null,
  };
};

const location: Read = (value) => {
  const read = structured(value);
  if (read === undefined) return null;
  const address = isFields(read.Address) ? read.Address : {};
  const at = isFields(read.Coordinates) ? read.Coordinates : {};
  return {
    displayName: textIn(read, 'DisplayName') ?? null,
    street: textIn(address, 'Street') ?? null,
    city: textIn(address, 'City') ?? null,
    state: textIn(address, 'State') ?? null,
    postalCode: textIn(address, 'PostalCode') ?? null,
    country: textIn(address, 'CountryOrRegion') ?? null,
    latitude: numberIn(at, 'Latitude') ?? null,
    longitude: numberIn(at, 'Longitude') ?? null,
  };
};

const geolocation: Read = (value) => {
  const read = structured(value);
  const [latitude, longitude] = read === undefined ? [] : [numberIn(read, 'Latitude'), numberIn(read, 'Longitude')];
  if (read === undefined || latitude === undefined || longitude === undefined) return null;
  return {
    latitude,
    longitude,
    altitude: numberIn(read, 'Altitude') ?? null,
    measure: numberIn(read, 'Measure') ?? null,
  };
};

const readers: Readonly<Record<ColumnKind, Read>> = {
  text,
  number,
  boolean,
  choices: (value) => membersOf(value).map(String),
  date: (value, _, { timeZone }) => {
    const at = instant(value);
    return (at === undefined ? undefined : dayOf(at, timeZone)) ?? null;
  },
  dateTime: (value) => {
    const at = instant(value);
    return at === undefined ? null : new Date(at).toISOString().replace('.000Z', 'Z');
  },
  lookup,
  lookups: each(lookup),
  person,
  persons: each(person),
  term,
  terms: each(term),
  link,
  image,
  location,
  geolocation,
  size: (_, __, ___, { File }) => (isFields(File) ? (numberIn(File, 'Length') ?? null) : null),
  isFolder: (_, __, ___, item) => numberIn(item, 'FileSystemObjectType') === 1,
};

/** A column's value in an item of an answer. What is not there is null; of several values, none is an empty list. */
export function readColumn(item: Fields, column: ColumnPlan, reading: Reading): unknown {
  return readers[column.kind](item[column.entity], column, reading, item);
}
