import { columnType, entityPropertyName, propertyName } from '../columns/column-types.js';
import { ids } from '../columns/reference.js';
import { columnNotFound } from '../fault.js';
import type { FieldRow, ItemRow, Link, TermValue, Value } from '../model.js';
import type { Site } from '../site.js';
import { personOf, valueAt } from './item-values.js';

/** What a query compares: a column, or a property of what a column points to. */
export interface ItemPath {
  /** Absent for the item's number. */
  readonly field?: FieldRow;
  readonly indexed: boolean;
  value(item: ItemRow): unknown;
}

/**
 * Resolves `Title`, `CustomerId`, `Customer/Title`, `Author/EMail`, by property name or internal name.
 * @throws Fault 400
 */
export function itemPath(site: Site, list: string, path: string): ItemPath {
  const [head = '', ...rest] = path.split('/');
  if (/^id$/i.test(head)) return { indexed: true, value: ({ id }) => id };
  if (head === 'FileSystemObjectType') return { indexed: false, value: ({ folder }) => (folder ? 1 : 0) };
  const field = site
    .fieldsOf(list)
    .find((candidate) =>
      [candidate.internalName, entityPropertyName(candidate.internalName), propertyName(candidate)].includes(head),
    );
  if (field === undefined) throw columnNotFound(head);
  const inner = rest.join('/');
  return {
    field,
    indexed: field.indexed || field.internalName === 'ID',
    value: inner === '' ? (item) => comparable(valueAt(site, item, field)) : through(site, field, inner),
  };
}

/** Links are compared by their address, terms by their label. */
function comparable(value: Value): unknown {
  if (Array.isArray(value)) return value.map((entry) => (isTerm(entry) ? entry.Label : entry));
  if (isTerm(value)) return value.Label;
  return isLink(value) ? value.Url : value;
}

const isTerm = (value: unknown): value is TermValue =>
  typeof value === 'object' && value !== null && 'TermGuid' in value;
const isLink = (value: unknown): value is Link => typeof value === 'object' && value !== null && 'Url' in value;

function through(site: Site, field: FieldRow, inner: string): (item: ItemRow) => unknown {
  const isPerson = columnType(field).kind === 20;
  const target = isPerson ? undefined : itemPath(site, String(field.more.LookupList), inner);
  const one = (id: number): unknown => {
    if (isPerson) return personProperty(site, id, inner);
    const pointed = site.items.get(String(field.more.LookupList), id);
    return pointed === undefined ? null : target?.value(pointed);
  };
  return (item) => {
    const value = valueAt(site, item, field);
    return typeof value === 'number' ? one(value) : Array.isArray(value) ? ids(value).map(one) : null;
  };
}

function personProperty(site: Site, id: number, name: string): unknown {
  const person = personOf(site, id);
  const properties: Readonly<Record<string, unknown>> = {
    id,
    title: person?.title,
    email: person?.email,
    name: person?.loginName,
    loginname: person?.loginName,
  };
  const key = name.toLowerCase();
  if (!(key in properties)) throw columnNotFound(name);
  return properties[key] ?? null;
}
