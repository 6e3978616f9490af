import { invalidText } from '../fault.js';
import type { FieldRow, Value } from '../model.js';
import { arrayOf, type ColumnType, FormFault, wrongPrimitive } from './column-type.js';

const string = (value: unknown): string | null => {
  if (value === null || typeof value === 'string') return value;
  throw wrongPrimitive('String');
};
const asText = (value: Value): string => (value === null ? '' : String(value));

export const text: ColumnType = {
  kind: 2,
  entity: 'SP.FieldText',
  facts: { MaxLength: 255 },
  accept(value, field) {
    const written = string(value);
    if (written !== null && written.length > maxLength(field)) throw invalidText();
    return written;
  },
  text: asText,
  parse(written, field) {
    if (written.length > maxLength(field)) {
      throw new FormFault(`This field can have no more than ${maxLength(field)} characters.`);
    }
    return written === '' ? null : written;
  },
};

const maxLength = (field: FieldRow): number => Number(field.more.MaxLength ?? 255);

export const note: ColumnType = {
  kind: 3,
  entity: 'SP.FieldMultiLineText',
  facts: {
    AllowHyperlink: false,
    AppendOnly: false,
    NumberOfLines: 6,
    RestrictedMode: true,
    RichText: false,
    UnlimitedLengthInDocumentLibrary: false,
    WikiLinking: false,
  },
  accept: string,
  text: asText,
  parse: (written) => (written === '' ? null : written),
};

/** SharePoint does not hold REST clients to the choices; a form it does. */
export const choice: ColumnType = {
  kind: 6,
  entity: 'SP.FieldChoice',
  facts: { Choices: [], EditFormat: 0, FillInChoice: false, Mappings: null },
  accept: string,
  text: asText,
  parse(written, field) {
    if (written !== '') checkChoice(written, field);
    return written === '' ? null : written;
  },
};

export const multiChoice: ColumnType = {
  kind: 15,
  entity: 'SP.FieldMultiChoice',
  facts: { Choices: [], FillInChoice: false, Mappings: null },
  accept: (value) => (value === null ? null : arrayOf(value).map((entry) => string(entry) ?? '')),
  text: (value) => (Array.isArray(value) ? value.join('; ') : ''),
  parse(written, field) {
    const chosen = written.split(';#').filter((entry) => entry !== '');
    for (const entry of chosen) checkChoice(entry, field);
    return chosen.length === 0 ? null : chosen;
  },
};

function checkChoice(written: string, field: FieldRow): void {
  const choices = field.more.Choices as readonly string[];
  if (field.more.FillInChoice !== true && !choices.includes(written)) {
    throw new FormFault(`The value '${written}' is not one of the choices of ${field.title}.`);
  }
}

export const guid: ColumnType = {
  kind: 14,
  entity: 'SP.FieldGuid',
  accept(value) {
    if (value !== null && !/^\{?[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\}?$/i.test(string(value) ?? '')) {
      throw wrongPrimitive('Guid');
    }
    return value as string | null;
  },
  text: asText,
  parse: (written) => (written === '' ? null : written),
};

/** Kept and shown as JSON text, as modern pages do. */
const json = (kind: number, entity: string): ColumnType => ({
  kind,
  entity,
  accept: string,
  text: asText,
  parse: (written) => (written === '' ? null : written),
});
export const image = json(34, 'SP.FieldThumbnail');
export const location = json(33, 'SP.FieldLocation');

/** Columns that only the server fills. */
export const computed = (kind: number, entity = 'SP.Field'): ColumnType => ({
  kind,
  entity,
  accept: (value) => value as Value,
  text: asText,
  parse: (written) => written,
});
