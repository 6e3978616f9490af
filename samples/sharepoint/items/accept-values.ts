import { columnType, propertyName } from '../columns/column-types.js';
import { ids, termsOfNote } from '../columns/reference.js';
import { invalidLookup, invalidQuery } from '../fault.js';
import { isBuiltIn } from '../lists/built-in-fields.js';
import type { FieldRow, ListRow, Value } from '../model.js';
import type { Site } from '../site.js';
import { personOf } from './item-values.js';

/** What a request changes of an item. */
export interface Accepted {
  readonly values: Readonly<Record<string, Value>>;
  readonly contentType?: string;
  readonly leaf?: string;
}

/** `SP.Data.OrdersListItem`. */
export const itemType = (list: ListRow): string => `SP.Data.${list.entityTypeName}Item`;

/**
 * The body of a create or a merge.
 *
 * @throws Fault 400 when a property is unknown, or its value is none of its kind
 */
export function acceptValues(site: Site, list: ListRow, body: Readonly<Record<string, unknown>>): Accepted {
  const values: Record<string, Value> = {};
  let contentType: string | undefined;
  let leaf: string | undefined;
  for (const [name, value] of Object.entries(body)) {
    if (name === '__metadata' || name.startsWith('odata.') || name.includes('@odata.')) continue;
    if (name === 'ContentTypeId') contentType = contentTypeOf(site, list, value);
    else if (name === 'FileLeafRef') leaf = String(value);
    else Object.assign(values, acceptOne(site, list, name, value));
  }
  return { values, ...(contentType !== undefined && { contentType }), ...(leaf !== undefined && { leaf }) };
}

function acceptOne(site: Site, list: ListRow, name: string, value: unknown): Record<string, Value> {
  const fields = site.fieldsOf(list.id);
  const field = fields.find((candidate) => propertyName(candidate) === name);
  if (field === undefined) {
    if (SERVER_MADE.has(name)) return {};
    throw invalidQuery(
      `The property '${name}' does not exist on type '${itemType(list)}'. Make sure to only use property names that are defined by the type.`,
    );
  }
  if (isBuiltIn(field.internalName) || field.type === 'Calculated') return {};
  const accepted = columnType(field).accept(value, field);
  checkReferences(site, field, accepted);
  const termField = fields.find(({ more }) => more.TextField === field.id);
  return termField !== undefined && typeof accepted === 'string'
    ? { [field.internalName]: accepted, [termField.internalName]: termsOfNote(termField, accepted) }
    : { [field.internalName]: accepted };
}

/** What an item shows that is no column's property. */
const SERVER_MADE: ReadonlySet<string> = new Set([
  'Id',
  'FileSystemObjectType',
  'ServerRedirectedEmbedUri',
  'ServerRedirectedEmbedUrl',
  'ComplianceAssetId',
]);

/** @throws Fault 400 when an item or a person that a value names is not there */
export function checkReferences(site: Site, field: FieldRow, value: Value): void {
  const { kind } = columnType(field);
  const named = typeof value === 'number' ? [value] : ids(value);
  if (kind === 7 && named.some((id) => site.items.get(String(field.more.LookupList), id) === undefined))
    throw invalidLookup();
  if (kind === 20 && named.some((id) => personOf(site, id) === undefined)) throw invalidLookup();
}

function contentTypeOf(site: Site, list: ListRow, value: unknown): string {
  const wanted = String(
    typeof value === 'object' && value !== null && 'StringValue' in value ? value.StringValue : value,
  );
  const found = site.contentTypes.all(list.id).find(({ id }) => id === wanted || id.startsWith(`${wanted}00`));
  if (found === undefined) throw invalidQuery(`The content type '${wanted}' is not in the list '${list.title}'.`);
  return found.id;
}
