import { type Call, checkMatch } from '../call.js';
import { columnType, entityPropertyName } from '../columns/column-types.js';
import { ids } from '../columns/reference.js';
import type { Context } from '../context.js';
import { itemNotFound, lookupThreshold } from '../fault.js';
import { acceptValues, itemType } from '../items/accept-values.js';
import { addItem, changeItem } from '../items/change-item.js';
import { findItems } from '../items/find-items.js';
import { itemProperties, moreItemProperties, textOf, valueAt } from '../items/item-values.js';
import { deleteItem, recycleItem } from '../items/recycle-item.js';
import type { FieldRow, ItemRow, ListRow, TermValue } from '../model.js';
import { listed } from '../odata/listed.js';
import type { Shape } from '../odata/query-options.js';
import { type Collection, type Entity, type Members, nothing, plain, type Resource } from '../odata/resource.js';
import { WEB } from '../site.js';
import { attachmentsCollection } from './attachment-entity.js';
import { commentsCollection } from './comment-entity.js';
import { fileEntity } from './file-entity.js';
import { folderEntity } from './folder-entity.js';
import { validateUpdate } from './item-form.js';
import { itemVersions } from './item-version-entity.js';
import { listEntity } from './list-entity.js';
import { principalEntity } from './principal.js';
import { securable } from './securable.js';

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 5_000;
const MOST_LOOKUPS = 12;

export function itemsCollection(context: Context, list: ListRow, uri: string): Collection {
  const { site } = context;
  return {
    kind: 'collection',
    type: itemType(list),
    uri,
    page: ({ shape, filter, orderBy, top, skipToken }) => {
      checkLookups(context, list, shape);
      const found = findItems(site, list, {
        orderBy,
        limit: Math.min(top ?? DEFAULT_PAGE, LARGEST_PAGE) || DEFAULT_PAGE,
        ...(filter !== undefined && { where: filter }),
        ...(skipToken !== undefined && { token: skipToken }),
      });
      return {
        entities: found.items.map((item) => itemEntity(context, list, item)),
        ...(found.next !== undefined && { next: found.next }),
      };
    },
    byKey: (args) => itemEntity(context, list, itemByNumber(context, list, args['0'])),
    members: () => ({
      GetById: { needsArgs: true, get: (args) => itemEntity(context, list, itemByNumber(context, list, args['0'])) },
    }),
    create: async (call) => {
      const { values, contentType } = acceptValues(site, list, await call.json());
      return itemEntity(
        context,
        list,
        addItem(context, list, { values, ...(contentType !== undefined && { contentType }) }),
      );
    },
  };
}

/** @throws Fault 404 */
export function itemByNumber({ site }: Context, list: ListRow, id: unknown): ItemRow {
  const item = site.items.get(list.id, Number(id));
  if (item === undefined) throw itemNotFound();
  return item;
}

/** @throws Fault 500 when one query would join more than twelve look-ups or people */
function checkLookups({ site }: Context, list: ListRow, { select, expand }: Shape): void {
  const named = new Set([...(select ?? ['*']), ...expand.keys()].map((name) => name.toLowerCase()));
  const joined = site.fieldsOf(list.id).filter((field) => {
    if (columnType(field).suffix !== 'Id') return false;
    const name = entityPropertyName(field.internalName).toLowerCase();
    return (
      named.has(name) ||
      named.has(`${name}id`) ||
      (named.has('*') && !field.hidden && field.internalName !== 'CheckoutUser')
    );
  });
  if (joined.length > MOST_LOOKUPS) throw lookupThreshold();
}

export function itemEntity(context: Context, list: ListRow, item: ItemRow): Entity {
  const { site } = context;
  const uri = `Web/Lists(guid'${list.id}')/Items(${item.id})`;
  const etag = etagOf(item);
  return {
    kind: 'entity',
    type: itemType(list),
    uri,
    id: item.guid,
    etag,
    properties: () => itemProperties(site, item),
    onDemand: () => ({ ...moreItemProperties(site, item), HasUniqueRoleAssignments: item.uniquePermissions }),
    members: () => ({ ...columnMembers(context, item, uri), ...itemMembers(context, list, item, uri) }),
    merge: async (call: Call) => {
      const body = await call.json();
      // Another may have changed it while the body arrived.
      const now = itemByNumber(context, list, item.id);
      checkMatch(call, etagOf(now));
      const accepted = acceptValues(site, list, body);
      return itemEntity(context, list, changeItem(context, list, now, accepted));
    },
    remove: async (call) => {
      checkMatch(call, etag);
      await deleteItem(context, item);
    },
  };
}

const etagOf = ({ guid, version }: ItemRow): string => `"${guid},${version}"`;

function itemMembers(context: Context, list: ListRow, item: ItemRow, uri: string): Members {
  const { site } = context;
  const texts = (name: string) => ({
    get: () => plain(name, fieldTexts(context, item), 'SP.FieldStringValues'),
  });
  return {
    AttachmentFiles: { get: () => attachmentsCollection(context, list, item, `${uri}/AttachmentFiles`) },
    Comments: { get: () => commentsCollection(context, item, `${uri}/Comments`) },
    Versions: { get: () => itemVersions(context, list, item, `${uri}/Versions`) },
    FieldValuesAsText: texts('FieldValuesAsText'),
    FieldValuesAsHtml: texts('FieldValuesAsHtml'),
    FieldValuesForEdit: texts('FieldValuesForEdit'),
    File: { get: () => (item.file === undefined ? nothing('File') : fileEntity(context, list, item)) },
    Folder: { get: () => (item.folder ? folderEntity(context, `${item.dir}/${item.leaf}`) : nothing('Folder')) },
    ParentList: { get: () => listEntity(context, list) },
    ContentType: {
      get: () =>
        plain(
          'ContentType',
          {
            Id: { StringValue: item.contentType },
            Name: site.contentTypes.get(list.id, item.contentType)?.name ?? null,
          },
          'SP.ContentType',
        ),
    },
    ...securable(
      context,
      item.guid,
      uri,
      item.uniquePermissions,
      (uniquePermissions) => void site.items.put({ ...item, uniquePermissions }),
    ),
    Recycle: { post: () => plain('Recycle', recycleItem(context, item)) },
    DeleteObject: {
      post: async () => {
        await deleteItem(context, item);
        return nothing('DeleteObject');
      },
    },
    DeleteWithParameters: {
      post: async () => {
        await deleteItem(context, item);
        return nothing('DeleteWithParameters');
      },
    },
    ValidateUpdateListItem: { post: (_args, call) => validateUpdate(context, list, item, call) },
  };
}

/** Every column as text, under the names that OData gives them with `_` spelt out. */
const fieldTexts = ({ site }: Context, item: ItemRow): Record<string, string> =>
  Object.fromEntries(
    site
      .fieldsOf(item.list)
      .map((field) => [entityPropertyName(field.internalName).replaceAll('_x', '_x005f_x'), textOf(site, item, field)]),
  );

/** What look-ups and people point to, by their column's name. */
function columnMembers(context: Context, item: ItemRow, uri: string): Members {
  const { site } = context;
  const members: Record<string, Members[string]> = {};
  for (const field of site.fieldsOf(item.list)) {
    const name = entityPropertyName(field.internalName);
    if (
      columnType(field).suffix !== 'Id' ||
      ['UniqueId', 'FileRef', 'FileDirRef', 'FSObjType', 'File_x0020_Size'].includes(name)
    )
      continue;
    members[name] = { get: () => pointed(context, item, field, `${uri}/${name}`) };
  }
  const terms = (): Entity[] =>
    site
      .fieldsOf(item.list)
      .filter(({ type }) => type.startsWith('Taxonomy'))
      .flatMap((field) => [valueAt(site, item, field)].flat().filter((value) => value !== null) as TermValue[])
      .map((term) => termEntity(term));
  return {
    ...members,
    TaxCatchAll: { get: () => listed('SP.Data.TaxonomyHiddenListListItem', `${uri}/TaxCatchAll`, terms) },
  };
}

const termEntity = ({ WssId, Label, TermGuid }: TermValue): Entity => ({
  kind: 'entity',
  type: 'SP.Data.TaxonomyHiddenListListItem',
  uri: `Web/Lists/getByTitle('TaxonomyHiddenList')/Items(${WssId})`,
  properties: () => ({
    Id: WssId,
    ID: WssId,
    Title: Label,
    Term: Label,
    Path: Label,
    IdForTerm: TermGuid,
    IDForTerm: TermGuid,
  }),
  members: () => ({}),
});

function pointed(context: Context, item: ItemRow, field: FieldRow, uri: string): Resource {
  const value = valueAt(context.site, item, field);
  const one = (id: number): Entity | undefined =>
    columnType(field).kind === 20 ? principalEntity(context, id) : target(context, field, id);
  if (Array.isArray(value)) {
    return listed('SP.ListItem', uri, () =>
      ids(value)
        .map(one)
        .filter((entity) => entity !== undefined),
    );
  }
  return (typeof value === 'number' ? one(value) : undefined) ?? nothing(field.internalName);
}

function target(context: Context, field: FieldRow, id: number): Entity | undefined {
  const list = context.site.lists.get(WEB, String(field.more.LookupList));
  const item = list && context.site.items.get(list.id, id);
  return list && item && itemEntity(context, list, item);
}
