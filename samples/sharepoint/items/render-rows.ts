import { columnType } from '../columns/column-types.js';
import { ids } from '../columns/reference.js';
import type { Context } from '../context.js';
import type { FieldRow, ItemRow, Link, TermValue, Value } from '../model.js';
import { personOf, textOf, titlesOf, valueAt } from './item-values.js';

type Cells = Record<string, unknown>;

/** How a column's cells look in `RenderListDataAsStream`, by `FieldTypeKind`; the rest are texts. */
const cells: Readonly<Record<number, (context: Context, value: Value, field: FieldRow) => Cells>> = {
  4: (_context, value, { internalName }) => ({ [`${internalName}.`]: value ?? '' }),
  7: ({ site }, value, field) => ({
    [field.internalName]: (typeof value === 'number' ? [value] : ids(value)).map((id) => ({
      lookupId: id,
      lookupValue: titlesOf(site).lookup(field, id),
      isSecretFieldValue: false,
    })),
  }),
  8: (_context, value, { internalName }) => ({
    [`${internalName}.value`]: value === null ? '' : value === true ? '1' : '0',
  }),
  9: (_context, value, { internalName }) => ({ [`${internalName}.`]: value === null ? '' : String(value) }),
  10: (_context, value, { internalName }) => ({ [`${internalName}.`]: value === null ? '' : String(value) }),
  11: (_context, value, { internalName }) => ({
    [internalName]: (value as Link | null)?.Url ?? '',
    [`${internalName}.desc`]: (value as Link | null)?.Description ?? '',
  }),
  15: (_context, value, { internalName }) => ({ [internalName]: value ?? [] }),
  20: ({ site }, value, { internalName }) => ({
    [internalName]: (typeof value === 'number' ? [value] : ids(value)).map((id) => {
      const person = personOf(site, id);
      return {
        id: String(id),
        title: person?.title ?? '',
        email: person?.email ?? '',
        sip: person?.email ?? '',
        picture: '',
      };
    }),
  }),
};

/** A row as a list view shows it: texts, and beside them the raw values under names with a dot. */
export function renderRow(context: Context, item: ItemRow, names: readonly string[]): Cells {
  const { site } = context;
  const fields = site.fieldsOf(item.list);
  const row: Cells = {
    ID: String(item.id),
    PermMask: '0x7fffffffffffffff',
    FSObjType: item.folder ? '1' : '0',
    ContentTypeId: item.contentType,
    FileRef: `${item.dir}/${item.leaf}`,
    FileLeafRef: item.leaf,
    UniqueId: `{${item.guid.toUpperCase()}}`,
    owshiddenversion: String(item.version),
    File_x0020_Type: item.file === undefined ? '' : (/\.([^.]+)$/.exec(item.leaf)?.[1] ?? ''),
  };
  for (const name of names) {
    const field = fields.find(({ internalName }) => internalName === name);
    if (field === undefined || name in row) continue;
    row[name] = textOf(site, item, field);
    Object.assign(
      row,
      terms(site, item, field) ?? cells[columnType(field).kind]?.(context, valueAt(site, item, field), field),
    );
  }
  return row;
}

function terms(site: Context['site'], item: ItemRow, field: FieldRow): Cells | undefined {
  if (!field.type.startsWith('Taxonomy')) return undefined;
  const value = valueAt(site, item, field);
  const one = ({ Label, TermGuid }: TermValue) => ({
    __type: 'TaxonomyFieldValue:#Microsoft.SharePoint.Taxonomy',
    Label,
    TermID: TermGuid,
  });
  return {
    [field.internalName]: Array.isArray(value)
      ? (value as TermValue[]).map(one)
      : value === null
        ? ''
        : one(value as TermValue),
  };
}
