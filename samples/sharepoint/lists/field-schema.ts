import { columnTypes, type TypeAsString } from '../columns/column-types.js';
import { invalidArgument } from '../fault.js';
import type { FieldRow } from '../model.js';
import { escapeXml, readXml, type XmlElement } from '../odata/xml.js';
import { newField } from './built-in-fields.js';

/** Attributes of `<Field>` and the properties of the REST field that they are. */
const attributes: Readonly<Record<string, string>> = {
  MaxLength: 'MaxLength',
  NumLines: 'NumberOfLines',
  RichText: 'RichText',
  Min: 'MinimumValue',
  Max: 'MaximumValue',
  Percentage: 'ShowAsPercentage',
  LCID: 'CurrencyLocaleId',
  FillInChoice: 'FillInChoice',
  List: 'LookupList',
  ShowField: 'LookupField',
  Mult: 'AllowMultipleValues',
};

/** A column's CAML description. */
export function schemaXml(field: FieldRow): string {
  const named: [string, unknown][] = [
    ['Type', field.type],
    ['ID', `{${field.id}}`],
    ['Name', field.internalName],
    ['StaticName', field.internalName],
    ['DisplayName', field.title],
    ['Required', field.required],
    ['Hidden', field.hidden],
    ['ReadOnly', field.readOnly],
    ['EnforceUniqueValues', field.unique],
    ['Indexed', field.indexed],
    ...Object.entries(attributes)
      .filter(([, property]) => property in field.more)
      .map(([name, property]): [string, unknown] => [
        name,
        property === 'LookupList' ? `{${field.more[property]}}` : field.more[property],
      ]),
    ...(field.type === 'DateTime'
      ? [['Format', field.more.DisplayFormat === 0 ? 'DateOnly' : 'DateTime'] as [string, unknown]]
      : []),
    ...(columnTypes[field.type as TypeAsString].kind === 20
      ? [['UserSelectionMode', field.more.SelectionMode] as [string, unknown]]
      : []),
  ];
  const written = named
    .filter(([, value]) => value !== null && value !== undefined)
    .map(
      ([name, value]) =>
        ` ${name}="${escapeXml(typeof value === 'boolean' ? String(value).toUpperCase() : String(value))}"`,
    )
    .join('');
  const choices =
    Array.isArray(field.more.Choices) && field.more.Choices.length > 0
      ? `<CHOICES>${field.more.Choices.map((choice) => `<CHOICE>${escapeXml(String(choice))}</CHOICE>`).join('')}</CHOICES>`
      : '';
  const preset = field.defaultValue === null ? '' : `<Default>${escapeXml(field.defaultValue)}</Default>`;
  const formula = typeof field.more.Formula === 'string' ? `<Formula>${escapeXml(field.more.Formula)}</Formula>` : '';
  const inner = choices + preset + formula;
  return inner === '' ? `<Field${written} />` : `<Field${written}>${inner}</Field>`;
}

/** @throws Fault 400 for what is no field of a known type */
export function fieldOfXml(xml: string): FieldRow {
  const { name, attributes: given, children } = readXml(xml);
  const type = given.Type ?? '';
  if (name !== 'Field' || !(type in columnTypes))
    throw invalidArgument(`The schema names no known field type: '${type}'.`);
  const internalName = given.Name ?? given.DisplayName ?? '';
  const field = newField(type as TypeAsString, internalName, given.DisplayName ?? internalName);
  const isTrue = (value: string | undefined): boolean => value?.toUpperCase() === 'TRUE';
  const more: Record<string, unknown> = { ...field.more };
  for (const [attribute, property] of Object.entries(attributes)) {
    const value = given[attribute];
    const preset = more[property];
    if (value === undefined || preset === undefined) continue;
    more[property] =
      typeof preset === 'boolean'
        ? isTrue(value)
        : typeof preset === 'number'
          ? Number(value)
          : value.replace(/^\{|\}$/g, '');
  }
  const choices = child(children, 'CHOICES');
  if (choices !== undefined) more.Choices = choices.children.map(({ text }) => text);
  const formula = child(children, 'Formula');
  if (formula !== undefined) more.Formula = formula.text;
  if (given.Format !== undefined && type === 'DateTime') more.DisplayFormat = given.Format === 'DateOnly' ? 0 : 1;
  return {
    ...field,
    ...(given.ID !== undefined && { id: given.ID.replace(/^\{|\}$/g, '').toLowerCase() }),
    required: isTrue(given.Required),
    hidden: isTrue(given.Hidden),
    unique: isTrue(given.EnforceUniqueValues),
    indexed: isTrue(given.Indexed) || isTrue(given.EnforceUniqueValues),
    group: given.Group ?? field.group,
    description: given.Description ?? '',
    defaultValue: child(children, 'Default')?.text ?? null,
    more,
  };
}

const child = (children: readonly XmlElement[], name: string): XmlElement | undefined =>
  children.find((element) => element.name === name);
