import type { Titles } from '../columns/column-type.js';
import { columnType, entityPropertyName, propertyName } from '../columns/column-types.js';
import { calculate } from '../columns/formula.js';
import { isBuiltIn } from '../lists/built-in-fields.js';
import type { FieldRow, ItemRow, Value } from '../model.js';
import type { Site } from '../site.js';

/** What an item itself knows, by the column's internal name. */
const known: Readonly<Record<string, (item: ItemRow, site: Site) => Value>> = {
  ID: ({ id }) => id,
  GUID: ({ guid }) => guid,
  UniqueId: ({ guid }) => guid,
  Created: ({ created }) => created,
  Modified: ({ modified }) => modified,
  Author: ({ author }) => author,
  Editor: ({ editor }) => editor,
  ContentTypeId: ({ contentType }) => contentType,
  ContentType: (item, site) => site.contentTypes.get(item.list, item.contentType)?.name ?? null,
  owshiddenversion: ({ version }) => version,
  _UIVersion: ({ major, minor }) => major * 512 + minor,
  _UIVersionString: ({ major, minor }) => `${major}.${minor}`,
  _ModerationStatus: ({ moderation }) => moderation,
  _ModerationComments: ({ moderationComments }) => moderationComments,
  FileLeafRef: ({ leaf }) => leaf,
  FileDirRef: ({ dir }) => dir,
  FileRef: ({ dir, leaf }) => `${dir}/${leaf}`,
  FSObjType: ({ folder }) => (folder ? '1' : '0'),
  File_x0020_Type: ({ leaf, file }) => (file === undefined ? null : (/\.([^.]+)$/.exec(leaf)?.[1] ?? null)),
  File_x0020_Size: ({ file }) => (file === undefined ? null : String(file.length)),
  CheckoutUser: ({ file }) => file?.checkedOutBy ?? null,
  LinkTitle: ({ values }) => values.Title ?? null,
  LinkFilename: ({ leaf }) => leaf,
  DocIcon: ({ leaf, file }) => (file === undefined ? null : (/\.([^.]+)$/.exec(leaf)?.[1] ?? null)),
};

/** A column's value as it is stored, or worked out. */
export function valueAt(site: Site, item: ItemRow, field: FieldRow): Value {
  const own = known[field.internalName];
  if (own !== undefined) return own(item, site);
  if (field.type === 'Calculated') return calculated(site, item, field);
  return item.values[field.internalName] ?? columnType(field).empty ?? null;
}

function calculated(site: Site, item: ItemRow, field: FieldRow): Value {
  const fields = site.fieldsOf(item.list);
  const value = calculate(String(field.more.Formula ?? ''), (name) => {
    const column = fields.find(({ internalName, title }) => internalName === name || title === name);
    return column === undefined || column.type === 'Calculated' ? null : valueAt(site, item, column);
  });
  return typeof value === 'number' ? (Number.isFinite(value) ? Math.round(value * 1e10) / 1e10 : null) : value;
}

/** The REST form of a column's value. */
export function shown(site: Site, item: ItemRow, field: FieldRow): unknown {
  const value = valueAt(site, item, field);
  const type = columnType(field);
  return type.show === undefined ? value : type.show(value);
}

/** What an item gives when nothing is selected, in SharePoint's order. */
export function itemProperties(site: Site, item: ItemRow): Record<string, unknown> {
  const fields = site.fieldsOf(item.list);
  const properties: Record<string, unknown> = {
    FileSystemObjectType: item.folder ? 1 : 0,
    Id: item.id,
    ServerRedirectedEmbedUri: null,
    ServerRedirectedEmbedUrl: '',
    ContentTypeId: item.contentType,
  };
  for (const field of fields) {
    if (isBuiltIn(field.internalName) || field.hidden) continue;
    properties[propertyName(field)] = shown(site, item, field);
    if (columnType(field).kind === 20)
      properties[`${entityPropertyName(field.internalName)}StringId`] = asText(shown(site, item, field));
  }
  const ofLibrary = fields.some(({ internalName }) => internalName === 'CheckoutUser');
  return Object.assign(properties, {
    ComplianceAssetId: null,
    ID: item.id,
    Modified: item.modified,
    Created: item.created,
    AuthorId: item.author,
    EditorId: item.editor,
    OData__UIVersionString: `${item.major}.${item.minor}`,
    ...(ofLibrary
      ? { CheckoutUserId: item.file?.checkedOutBy ?? null }
      : { Attachments: item.values.Attachments === true }),
    GUID: item.guid,
  });
}

const asText = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(String) : value === null ? null : String(value);

/** What else can be selected: hidden columns, paths. */
export const moreItemProperties = (site: Site, item: ItemRow): Record<string, unknown> =>
  Object.fromEntries(
    site
      .fieldsOf(item.list)
      .filter(({ internalName, hidden }) => isBuiltIn(internalName) || hidden)
      .flatMap((field) => {
        const name = entityPropertyName(field.internalName);
        const value = shown(site, item, field);
        return columnType(field).kind === 20 || columnType(field).kind === 7
          ? [
              [name, value],
              [`${name}Id`, value],
            ]
          : [[name, value]];
      }),
  );

/** The titles behind the numbers of look-ups and people. */
export const titlesOf = (site: Site): Titles => ({
  lookup: (field, id) => {
    const target = site.items.get(String(field.more.LookupList), id);
    const shownField =
      target && site.fieldsOf(target.list).find(({ internalName }) => internalName === field.more.LookupField);
    return target === undefined || shownField === undefined ? String(id) : textOf(site, target, shownField);
  },
  person: (id) => personOf(site, id)?.title ?? String(id),
});

/** A person or a group. */
export const personOf = (
  site: Site,
  id: number,
): { readonly id: number; readonly title: string; readonly email: string; readonly loginName: string } | undefined => {
  const user = site.users.get('web', id);
  if (user !== undefined) return user;
  const group = site.groups.get('web', id);
  return group && { id, title: group.title, email: '', loginName: group.title };
};

/** A column's value as a person reads it. */
export const textOf = (site: Site, item: ItemRow, field: FieldRow): string =>
  columnType(field).text(valueAt(site, item, field), field, titlesOf(site));
