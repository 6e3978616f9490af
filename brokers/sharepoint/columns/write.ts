import { inputInvalid } from '../../input-error.js';
import { type Fields, isFields } from '../odata/answer.js';
import type { ColumnKind, ColumnPlan } from '../plan.js';
import { startOfDay } from '../site/time-zone.js';

/** What writing needs beside the column. */
export interface Writing {
  readonly timeZone: string;
  /** The number of a person on the site, by what is known of them. */
  readonly personId: (person: Fields, column: ColumnPlan) => Promise<number>;
}

/** The members of the request's body that set a column. */
type Write = (value: unknown, column: ColumnPlan, writing: Writing) => Fields | Promise<Fields>;

const plain: Write = (value, { entity }) => ({ [entity]: value });
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const idOf = (value: unknown): unknown => (isFields(value) ? value.id : value);

/** A term as the hidden column of several takes it. */
const termText = (value: unknown, { name }: ColumnPlan): string => {
  const { id, label } = isFields(value) ? value : {};
  if (typeof id !== 'string') throw inputInvalid(name, 'must have terms with their id');
  return `-1;#${String(label ?? '').replaceAll(';', '')}|${id}`;
};

const writers: Readonly<Partial<Record<ColumnKind, Write>>> = {
  text: plain,
  number: plain,
  boolean: plain,
  choices: (value, { entity }) => ({ [entity]: list(value) }),
  date: (value, { entity }, { timeZone }) => ({
    [entity]: typeof value === 'string' ? startOfDay(value, timeZone) : null,
  }),
  dateTime: plain,
  lookup: (value, { entity }) => ({ [`${entity}Id`]: value === null ? null : idOf(value) }),
  lookups: (value, { entity }) => ({ [`${entity}Id`]: list(value).map(idOf) }),
  person: async (value, column, { personId }) => ({
    [`${column.entity}Id`]: isFields(value) ? await personId(value, column) : null,
  }),
  persons: async (value, column, { personId }) => ({
    [`${column.entity}Id`]: await Promise.all(
      list(value)
        .filter(isFields)
        .map((person) => personId(person, column)),
    ),
  }),
  term: (value, { entity }) => ({
    [entity]: isFields(value) ? { Label: value.label ?? '', TermGuid: value.id, WssId: -1 } : null,
  }),
  terms: (value, column) => ({
    [column.other ?? column.entity]: list(value)
      .map((member) => termText(member, column))
      .join(';#'),
  }),
  link: (value, { entity }) => ({
    [entity]: isFields(value) ? { Url: value.url, Description: value.description ?? value.url } : null,
  }),
  image: (value, { entity }) => ({
    [entity]: isFields(value) ? JSON.stringify({ type: 'thumbnail', ...given(value) }) : null,
  }),
  location: (value, { entity }) => ({ [entity]: isFields(value) ? JSON.stringify(locationOf(value)) : null }),
  geolocation: (value, { entity }) => ({
    [entity]: isFields(value)
      ? {
          Latitude: value.latitude,
          Longitude: value.longitude,
          Altitude: value.altitude ?? 0,
          Measure: value.measure ?? 0,
        }
      : null,
  }),
};

const given = (value: Fields): Fields =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null && part !== undefined));

function locationOf(value: Fields): Fields {
  const { displayName, street, city, state, postalCode, country, latitude, longitude } = value;
  return {
    ...given({ DisplayName: displayName }),
    Address: given({ Street: street, City: city, State: state, PostalCode: postalCode, CountryOrRegion: country }),
    ...(latitude === undefined || latitude === null
      ? {}
      : { Coordinates: given({ Latitude: latitude, Longitude: longitude }) }),
  };
}

/** The members of a request's body that set the columns that an input gives. @throws CallerError INPUT_INVALID */
export async function writeColumns(
  input: Fields,
  columns: readonly ColumnPlan[],
  writing: Writing,
): Promise<Record<string, unknown>> {
  const body: Record<string, unknown> = {};
  for (const column of columns) {
    const write = writers[column.kind];
    if (column.writable !== true || write === undefined || !Object.hasOwn(input, column.name)) continue;
    const value = input[column.name];
    if (value !== undefined) Object.assign(body, await write(value, column, writing));
  }
  return body;
}
