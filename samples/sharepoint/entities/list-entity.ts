import { randomUUID } from 'node:crypto';
import { type Call, checkMatch, textIn } from '../call.js';
import type { Context } from '../context.js';
import { listNotFound, listTitleNotFound } from '../fault.js';
import { serverPath } from '../files/server-path.js';
import { itemType } from '../items/accept-values.js';
import { takeAway } from '../items/change-item.js';
import { purgeItem } from '../items/recycle-item.js';
import { createList } from '../lists/create-list.js';
import type { ItemRow, ListRow } from '../model.js';
import { listed } from '../odata/listed.js';
import { type Collection, type Entity, nothing, plain } from '../odata/resource.js';
import { WEB } from '../site.js';
import { contentTypesCollection } from './content-type-entity.js';
import { fieldsCollection } from './field-entity.js';
import { folderEntity } from './folder-entity.js';
import { itemsCollection } from './item-entity.js';
import { listQueries } from './list-queries.js';
import { securable } from './securable.js';
import { defaultView, viewsCollection } from './view-entity.js';
import { webEntity } from './web-entity.js';

export function listsCollection(context: Context): Collection {
  const { site } = context;
  const byId = (id: unknown): Entity => {
    const row = site.lists.get(WEB, String(id));
    if (row === undefined) throw listNotFound();
    return listEntity(context, row);
  };
  const byTitle = (title: unknown): Entity => {
    const wanted = String(title).toLowerCase();
    const row = site.lists.all(WEB).find((list) => list.title.toLowerCase() === wanted);
    if (row === undefined) throw listTitleNotFound(String(title), site.facts.url);
    return listEntity(context, row);
  };
  const ensureLibrary = (title: string) => () =>
    listEntity(
      context,
      site.lists.all(WEB).find((list) => list.title === title) ??
        createList(site, { title, baseTemplate: title === 'Site Pages' ? 119 : 101 }),
    );
  return listed('SP.List', 'Web/Lists', () => site.lists.all(WEB).map((row) => listEntity(context, row)), {
    byKey: (args) => byId(args['0']),
    create: async (call) => {
      const body = await call.json();
      return listEntity(context, createList(site, { title: textIn(body, 'Title') ?? '', ...settings(body) }));
    },
    members: {
      GetById: { needsArgs: true, get: (args) => byId(args['0']) },
      GetByTitle: { needsArgs: true, get: (args) => byTitle(args['0'] ?? args.title) },
      EnsureSiteAssetsLibrary: { post: ensureLibrary('Site Assets') },
      EnsureSitePagesLibrary: { post: ensureLibrary('Site Pages') },
    },
  });
}

/** `GetList('/sites/sales/Lists/Orders')`. @throws Fault 404 */
export function listByPath(context: Context, path: string): Entity {
  const { site } = context;
  const wanted = serverPath(site, path).toLowerCase();
  const row = site.lists.all(WEB).find(({ rootFolder }) => rootFolder.toLowerCase() === wanted);
  if (row === undefined) throw listNotFound();
  return listEntity(context, row);
}

/** Properties of a list that may be written, and what they are here. */
const writable = {
  Title: 'title',
  Description: 'description',
  Hidden: 'hidden',
  BaseTemplate: 'baseTemplate',
  EnableAttachments: 'enableAttachments',
  EnableVersioning: 'enableVersioning',
  EnableMinorVersions: 'enableMinorVersions',
  EnableModeration: 'enableModeration',
  EnableFolderCreation: 'enableFolderCreation',
  ForceCheckout: 'forceCheckout',
  ContentTypesEnabled: 'contentTypesEnabled',
} as const satisfies Record<string, keyof ListRow>;

const settings = (body: Readonly<Record<string, unknown>>): Partial<ListRow> =>
  Object.fromEntries(
    Object.entries(writable).flatMap(([name, own]) => {
      const value = body[name];
      return value === undefined || value === null ? [] : [[own, value]];
    }),
  );

export function listEntity(context: Context, row: ListRow): Entity {
  const { site } = context;
  const uri = `Web/Lists(guid'${row.id}')`;
  return {
    kind: 'entity',
    type: 'SP.List',
    uri,
    etag: `"${row.version}"`,
    properties: () => listProperties(context, row),
    onDemand: () => ({
      HasUniqueRoleAssignments: row.uniquePermissions,
      SchemaXml: `<List ID="{${row.id.toUpperCase()}}" Title="${row.title}" />`,
      ValidationFormula: null,
      ValidationMessage: null,
    }),
    members: () => ({
      Items: { get: () => itemsCollection(context, row, `${uri}/Items`) },
      GetItemById: { needsArgs: true, get: (args) => byKey(itemsCollection(context, row, `${uri}/Items`), args) },
      Fields: { get: () => fieldsCollection(context, row, `${uri}/Fields`) },
      ContentTypes: { get: () => contentTypesCollection(context, row, `${uri}/ContentTypes`) },
      Views: { get: () => viewsCollection(context, row, `${uri}/Views`) },
      DefaultView: { get: () => defaultView(context, row, `${uri}/Views`) },
      RootFolder: { get: () => folderEntity(context, row.rootFolder) },
      ParentWeb: { get: () => webEntity(context) },
      ...listQueries(context, row, uri),
      ...securable(
        context,
        row.id,
        uri,
        row.uniquePermissions,
        (uniquePermissions) => void site.lists.put(WEB, { ...row, uniquePermissions }),
      ),
      Recycle: { post: () => plain('Recycle', recycle()) },
      DeleteObject: { post: () => deleted() },
      ReserveListItemId: { post: () => plain('ReserveListItemId', site.numbers.next(`items ${row.id}`)) },
    }),
    merge: async (call: Call) => {
      const body = await call.json();
      const now = site.lists.get(WEB, row.id);
      if (now === undefined) throw listNotFound();
      checkMatch(call, `"${now.version}"`);
      return listEntity(context, site.lists.put(WEB, { ...now, ...settings(body), version: now.version + 1 }));
    },
    remove: async (call) => {
      checkMatch(call, `"${row.version}"`);
      await remove();
    },
  };

  async function deleted() {
    await remove();
    return nothing('DeleteObject');
  }

  async function remove(): Promise<void> {
    for (const item of takeListAway()) await purgeItem(context, item);
  }

  /** @returns its items */
  function takeListAway(): ItemRow[] {
    return site.database.transaction(() => {
      const items = [...site.items.scan(row.id)];
      for (const item of items) takeAway(site, item);
      site.lists.delete(WEB, row.id);
      return items;
    })();
  }

  function recycle(): string {
    const id = randomUUID();
    site.database.transaction(() => {
      site.recycled.put(WEB, {
        id,
        title: row.title,
        dir: row.rootFolder.slice(1, row.rootFolder.lastIndexOf('/')),
        leaf: row.title,
        itemType: 4,
        size: 0,
        deletedBy: context.user.id,
        deleted: site.now(),
        author: context.user.id,
        stage: 1,
        items: takeListAway(),
        list: row,
      });
    })();
    return id;
  }
}

function byKey(items: Collection, args: Parameters<NonNullable<Collection['byKey']>>[0]) {
  return items.byKey?.(args) ?? nothing('Item');
}

function listProperties({ site }: Context, row: ListRow): Record<string, unknown> {
  return {
    AllowContentTypes: true,
    BaseTemplate: row.baseTemplate,
    BaseType: row.baseType,
    ContentTypesEnabled: row.contentTypesEnabled,
    CrawlNonDefaultViews: false,
    Created: row.created,
    CurrentChangeToken: { StringValue: `1;3;${row.id};${Date.parse(row.modified)}0000;1` },
    DefaultContentApprovalWorkflowId: '00000000-0000-0000-0000-000000000000',
    DefaultItemOpenUseListSetting: false,
    Description: row.description,
    Direction: 'none',
    DisableCommenting: false,
    DisableGridEditing: false,
    DocumentTemplateUrl: row.baseType === 1 ? `${row.rootFolder}/Forms/template.dotx` : null,
    DraftVersionVisibility: 0,
    EnableAttachments: row.enableAttachments,
    EnableFolderCreation: row.enableFolderCreation,
    EnableMinorVersions: row.enableMinorVersions,
    EnableModeration: row.enableModeration,
    EnableRequestSignOff: true,
    EnableVersioning: row.enableVersioning,
    EntityTypeName: row.entityTypeName,
    ExemptFromBlockDownloadOfNonViewableFiles: false,
    FileSavePostProcessingEnabled: false,
    ForceCheckout: row.forceCheckout,
    HasExternalDataSource: false,
    Hidden: row.hidden,
    Id: row.id,
    ImagePath: { DecodedUrl: `/_layouts/15/images/${row.baseType === 1 ? 'itdl' : 'itgen'}.png?rev=47` },
    ImageUrl: `/_layouts/15/images/${row.baseType === 1 ? 'itdl' : 'itgen'}.png?rev=47`,
    DefaultSensitivityLabelForLibrary: '',
    IrmEnabled: false,
    IrmExpire: false,
    IrmReject: false,
    IsApplicationList: false,
    IsCatalog: false,
    IsPrivate: false,
    ItemCount: site.items.count(row.id),
    LastItemDeletedDate: row.created,
    LastItemModifiedDate: row.modified,
    LastItemUserModifiedDate: row.modified,
    ListExperienceOptions: 0,
    ListItemEntityTypeFullName: itemType(row),
    MajorVersionLimit: 500,
    MajorWithMinorVersionsLimit: 0,
    MultipleUploadEnabled: row.baseType === 1,
    NoCrawl: false,
    ParentWebPath: { DecodedUrl: site.path || '/' },
    ParentWebUrl: site.path || '/',
    ParserDisabled: false,
    ServerTemplateCanCreateFolders: true,
    TemplateFeatureId:
      row.baseType === 1 ? '00bfea71-e717-4e80-aa17-d0c71b360101' : '00bfea71-de22-43b2-a848-c05709900100',
    Title: row.title,
  };
}
