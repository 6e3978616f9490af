import { invalidQuery } from '../fault.js';
import type { FieldRow, Link, TermValue, Value } from '../model.js';
import { arrayOf, type ColumnType, FormFault, wrongPrimitive } from './column-type.js';

const isEntry = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function acceptId(value: unknown): number | null {
  if (value === null) return null;
  const id = typeof value === 'string' ? Number(value) : value;
  if (typeof id !== 'number' || !Number.isInteger(id)) throw wrongPrimitive('Int32');
  return id <= 0 ? null : id;
}
const acceptIds = (value: unknown): readonly number[] =>
  value === null ? [] : arrayOf(value).map((entry) => acceptId(entry) ?? 0);

/** `3;#Contoso` or `3`. */
function parseId(written: string): number | null {
  if (written === '') return null;
  const id = Number.parseInt(written, 10);
  if (Number.isNaN(id)) throw new FormFault(`The look-up value '${written}' names no item.`);
  return id;
}

/** `1;#One;#2;#Two`, or `1;#2`. */
const parseIds = (written: string): readonly number[] =>
  written
    .split(';#')
    .filter((part) => /^\d+$/.test(part))
    .map(Number);

const LOOKUP = {
  AllowMultipleValues: false,
  DependentLookupInternalNames: [],
  IsDependentLookup: false,
  IsRelationship: true,
  LookupField: 'Title',
  LookupList: '',
  LookupWebId: '00000000-0000-0000-0000-000000000000',
  PrimaryFieldId: null,
  RelationshipDeleteBehavior: 0,
  UnlimitedLengthInDocumentLibrary: false,
};

export const lookup: ColumnType = {
  kind: 7,
  entity: 'SP.FieldLookup',
  suffix: 'Id',
  facts: LOOKUP,
  accept: acceptId,
  text: (value, field, titles) => (typeof value === 'number' ? titles.lookup(field, value) : ''),
  parse: parseId,
};

export const multiLookup: ColumnType = {
  ...lookup,
  facts: { ...LOOKUP, AllowMultipleValues: true },
  empty: [],
  accept: acceptIds,
  text: (value, field, titles) =>
    ids(value)
      .map((id) => titles.lookup(field, id))
      .join('; '),
  parse: parseIds,
};

const USER = {
  ...LOOKUP,
  AllowDisplay: true,
  Presence: true,
  SelectionGroup: 0,
  SelectionMode: 0,
  IsRelationship: false,
};

export const user: ColumnType = {
  kind: 20,
  entity: 'SP.FieldUser',
  suffix: 'Id',
  facts: USER,
  accept: acceptId,
  text: (value, _field, titles) => (typeof value === 'number' ? titles.person(value) : ''),
  parse: parseId,
};

export const multiUser: ColumnType = {
  ...user,
  facts: { ...USER, AllowMultipleValues: true },
  empty: [],
  accept: acceptIds,
  text: (value, _field, titles) =>
    ids(value)
      .map((id) => titles.person(id))
      .join('; '),
  parse: parseIds,
};

/** The numbers of a multi-valued look-up. */
export const ids = (value: Value | undefined): readonly number[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'number') : [];

export const link: ColumnType = {
  kind: 11,
  entity: 'SP.FieldUrl',
  facts: { DisplayFormat: 0 },
  accept(value) {
    if (value === null) return null;
    if (!isEntry(value) || typeof value.Url !== 'string') {
      throw invalidQuery("The property 'Url' is missing from a value of the type 'SP.FieldUrlValue'.");
    }
    return { Url: value.Url, Description: typeof value.Description === 'string' ? value.Description : value.Url };
  },
  text: (value) => (value === null ? '' : `${(value as Link).Url}, ${(value as Link).Description}`),
  parse(written) {
    if (written === '') return null;
    const [url = '', ...description] = written.split(', ');
    if (!URL.canParse(url)) throw new FormFault('Invalid URL.');
    return { Url: url, Description: description.join(', ') || url };
  },
};

const TAXONOMY = {
  AllowMultipleValues: false,
  AnchorId: '00000000-0000-0000-0000-000000000000',
  CreateValuesInEditForm: false,
  IsAnchorValid: true,
  IsKeyword: false,
  IsPathRendered: false,
  IsTermSetValid: true,
  Open: false,
  SspId: '',
  TargetTemplate: null,
  TermSetId: '',
  TextField: '',
  UserCreated: false,
};

function term(value: unknown): TermValue {
  if (!isEntry(value) || typeof value.TermGuid !== 'string') {
    throw invalidQuery("The property 'TermGuid' is missing from a value of the type 'SP.Taxonomy.TaxonomyFieldValue'.");
  }
  return { TermGuid: value.TermGuid, Label: String(value.Label ?? ''), WssId: wssId(value.TermGuid) };
}

/** The number that a term has in the site's hidden list of terms: stable for a term. */
const wssId = (guid: string): number => (Number.parseInt(guid.slice(0, 6), 16) % 9_000) + 1;

/** `Label|guid`, or `-1;#Label|guid;#…` for many. */
const parseTerms = (written: string): TermValue[] =>
  written
    .split(/;#|;/)
    .filter((part) => part.includes('|'))
    .map((part) => {
      const [label = '', guid = ''] = part.split('|');
      return { Label: label, TermGuid: guid, WssId: wssId(guid) };
    });

export const taxonomy: ColumnType = {
  kind: 0,
  entity: 'SP.Taxonomy.TaxonomyField',
  facts: TAXONOMY,
  // A single term's label is shown as the number of its hidden list item, as the service does.
  show: (value) => (value === null ? null : { ...(value as TermValue), Label: String((value as TermValue).WssId) }),
  accept: (value) => (value === null ? null : term(value)),
  text: (value) => (value === null ? '' : (value as TermValue).Label),
  parse: (written) => parseTerms(written)[0] ?? null,
};

/** Not written over REST directly, but by its hidden note or by a form. */
export const multiTaxonomy: ColumnType = {
  kind: 0,
  entity: 'SP.Taxonomy.TaxonomyField',
  facts: { ...TAXONOMY, AllowMultipleValues: true },
  empty: [],
  accept: (value) => (value === null ? [] : arrayOf(value).map(term)),
  text: (value) => (Array.isArray(value) ? (value as TermValue[]).map(({ Label }) => Label).join(';') : ''),
  parse: parseTerms,
};

/** What a written value of a hidden taxonomy note means. */
export const termsOfNote = (field: FieldRow, written: string): Value => {
  const terms = parseTerms(written);
  return field.type === 'TaxonomyFieldTypeMulti' ? terms : (terms[0] ?? null);
};
