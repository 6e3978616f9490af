import { textIn } from '../call.js';
import type { Context } from '../context.js';
import { fileNotFound } from '../fault.js';
import { serverPath } from '../files/server-path.js';
import { listed } from '../odata/listed.js';
import { type Entity, nothing, plain } from '../odata/resource.js';
import { ensureUser } from '../people/ensure-user.js';
import { WEB } from '../site.js';
import { contentTypesCollection } from './content-type-entity.js';
import { fieldsCollection } from './field-entity.js';
import { fileByPath, fileEntity } from './file-entity.js';
import { folderByPath, folderEntity, foldersCollection } from './folder-entity.js';
import { groupsCollection } from './group-entity.js';
import { listByPath, listsCollection } from './list-entity.js';
import { recycleBin } from './recycle-bin.js';
import { rolesCollection } from './role-entity.js';
import { securable } from './securable.js';
import { siteUsers, userEntity, userNotFound } from './user-entity.js';

export const WEB_ID = '0f4c1f05-3a0d-4b5f-9b55-5a9f6f8a1c01';

export function webEntity(context: Context): Entity {
  const { site, user } = context;
  const uri = 'Web';
  const group = (suffix: string) => ({
    get: () =>
      groupsCollection(context, `${uri}/SiteGroups`).byKey?.({
        '0': site.groups.all(WEB).find(({ title }) => title.endsWith(suffix))?.id ?? 0,
      }) ?? nothing(suffix),
  });
  return {
    kind: 'entity',
    type: 'SP.Web',
    uri,
    id: `${site.facts.url}/_api/Web`,
    properties: () => webProperties(context),
    onDemand: () => ({ HasUniqueRoleAssignments: true }),
    members: () => ({
      Lists: { get: () => listsCollection(context) },
      GetList: { needsArgs: true, get: (args) => listByPath(context, String(args['0'] ?? args.strurl)) },
      GetListUsingPath: { needsArgs: true, get: (args) => listByPath(context, String(args.decodedurl ?? args['0'])) },
      Fields: { get: () => fieldsCollection(context, undefined, `${uri}/Fields`) },
      AvailableFields: { get: () => fieldsCollection(context, undefined, `${uri}/AvailableFields`) },
      ContentTypes: { get: () => contentTypesCollection(context, undefined, `${uri}/ContentTypes`) },
      AvailableContentTypes: { get: () => contentTypesCollection(context, undefined, `${uri}/AvailableContentTypes`) },
      Folders: { get: () => foldersCollection(context, site.path || '/', `${uri}/Folders`) },
      RootFolder: { get: () => folderEntity(context, site.path || '/') },
      GetFolderByServerRelativePath: {
        needsArgs: true,
        get: (args) => folderByPath(context, args.decodedurl ?? args['0']),
      },
      GetFolderByServerRelativeUrl: {
        needsArgs: true,
        get: (args) => folderByPath(context, args['0'] ?? args.serverrelativeurl),
      },
      GetFolderById: { needsArgs: true, get: (args) => byId(String(args['0']), 'folder') },
      GetFileByServerRelativePath: {
        needsArgs: true,
        get: (args) => fileByPath(context, args.decodedurl ?? args['0']),
      },
      GetFileByServerRelativeUrl: {
        needsArgs: true,
        get: (args) => fileByPath(context, args['0'] ?? args.serverrelativeurl),
      },
      GetFileByUrl: {
        needsArgs: true,
        get: (args) => fileByPath(context, decodeURI(serverPath(site, String(args['0'])))),
      },
      GetFileById: { needsArgs: true, get: (args) => byId(String(args['0']), 'file') },
      SiteUsers: { get: () => siteUsers(context) },
      CurrentUser: { get: () => userEntity(context, user) },
      GetUserById: {
        needsArgs: true,
        get: (args) => {
          const row = site.users.get(WEB, Number(args['0']));
          if (row === undefined) throw userNotFound();
          return userEntity(context, row);
        },
      },
      EnsureUser: {
        post: async (_args, call) =>
          userEntity(context, ensureUser(site, textIn(await call.json(), 'logonName') ?? '')),
      },
      SiteGroups: { get: () => groupsCollection(context, `${uri}/SiteGroups`) },
      AssociatedOwnerGroup: group('Owners'),
      AssociatedMemberGroup: group('Members'),
      AssociatedVisitorGroup: group('Visitors'),
      RoleDefinitions: { get: () => rolesCollection(context) },
      ...securable(context, WEB, uri, true, () => {}),
      RecycleBin: { get: () => recycleBin(context, `${uri}/RecycleBin`) },
      RegionalSettings: { get: () => regionalSettings(`${uri}/RegionalSettings`) },
      Webs: { get: () => listed('SP.Web', `${uri}/Webs`, () => []) },
      ParentWeb: { get: () => nothing('ParentWeb') },
      AllProperties: { get: () => plain('AllProperties', { vti_x005f_defaultlanguage: 'en-us' }, 'SP.PropertyValues') },
    }),
    merge: async (call) => {
      await call.json();
      return webEntity(context);
    },
  };

  function byId(id: string, wanted: 'file' | 'folder'): Entity {
    const item = site.items.byGuid(id.toLowerCase());
    const list = item && site.lists.get(WEB, item.list);
    const root =
      wanted === 'folder'
        ? site.lists.all(WEB).find(({ rootFolderId }) => rootFolderId === id.toLowerCase())
        : undefined;
    if (root !== undefined) return folderEntity(context, root.rootFolder);
    if (item === undefined || list === undefined || item.folder !== (wanted === 'folder')) throw fileNotFound();
    return item.folder ? folderEntity(context, `${item.dir}/${item.leaf}`) : fileEntity(context, list, item);
  }
}

function webProperties({ site }: Context): Record<string, unknown> {
  const path = site.path || '/';
  return {
    AllowRssFeeds: true,
    AppInstanceId: '00000000-0000-0000-0000-000000000000',
    Configuration: 0,
    Created: '2024-01-08T09:00:00Z',
    CustomMasterUrl: `${site.path}/_catalogs/masterpage/seattle.master`,
    Description: '',
    DocumentLibraryCalloutOfficeWebAppPreviewersDisabled: false,
    EnableMinimalDownload: false,
    Id: WEB_ID,
    IsMultilingual: true,
    Language: 1033,
    LastItemModifiedDate: site.now(),
    MasterUrl: `${site.path}/_catalogs/masterpage/seattle.master`,
    NoCrawl: false,
    QuickLaunchEnabled: true,
    RecycleBinEnabled: true,
    ResourcePath: { DecodedUrl: site.facts.url },
    ServerRelativeUrl: path,
    ServerRelativePath: { DecodedUrl: path },
    SyndicationEnabled: true,
    Title: site.facts.title,
    TreeViewEnabled: false,
    UIVersion: 15,
    UIVersionConfigurationEnabled: false,
    Url: site.facts.url,
    WebTemplate: 'GROUP',
    WelcomePage: '',
  };
}

const regionalSettings = (uri: string): Entity => ({
  kind: 'entity',
  type: 'SP.RegionalSettings',
  uri,
  properties: () => ({
    DateFormat: 0,
    DateSeparator: '/',
    DecimalSeparator: '.',
    FirstDayOfWeek: 0,
    LocaleId: 1033,
    ListSeparator: ',',
    ThousandSeparator: ',',
    Time24: false,
    TimeSeparator: ':',
  }),
  members: () => ({ TimeZone: { get: () => timeZone(`${uri}/TimeZone`) } }),
});

const timeZone = (uri: string): Entity => ({
  kind: 'entity',
  type: 'SP.TimeZone',
  uri,
  properties: () => ({
    Description: '(UTC) Coordinated Universal Time',
    Id: 93,
    Information: { Bias: 0, DaylightBias: 0, StandardBias: 0 },
  }),
  members: () => ({}),
});
