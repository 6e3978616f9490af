import { objectIn, textIn } from '../call.js';
import type { Context } from '../context.js';
import type { Digests } from '../digests.js';
import { invalidArgument } from '../fault.js';
import { copyTo, moveTo } from '../files/move-copy.js';
import { serverPath } from '../files/server-path.js';
import type { Args } from '../odata/literal.js';
import { type Entity, nothing, plain } from '../odata/resource.js';
import { search, searchOfUrl } from '../search.js';
import { recycleBin } from './recycle-bin.js';
import { userEntity } from './user-entity.js';
import { WEB_ID, webEntity } from './web-entity.js';

/** What stands right below `_api/`. */
export function rootEntity(context: Context, digests: Digests): Entity {
  const { site } = context;
  const transfer = (name: string, act: typeof moveTo) => ({
    post: async (args: Args, call: Parameters<NonNullable<Entity['merge']>>[0]) => {
      const body = await call.json();
      const place = (path: string, url: string) =>
        serverPath(site, textIn(objectIn(body, path), 'DecodedUrl') ?? decodedUrl(textIn(body, url) ?? ''));
      await act(
        context,
        place('srcPath', 'srcUrl'),
        place('destPath', 'destUrl'),
        args.overwrite === true || body.overwrite === true,
      );
      return nothing(name);
    },
  });
  return {
    kind: 'entity',
    type: 'SP.Root',
    uri: '',
    properties: () => ({}),
    members: () => ({
      Web: { get: () => webEntity(context) },
      Site: { get: () => siteEntity(context) },
      ContextInfo: {
        post: () =>
          plain(
            'GetContextWebInformation',
            {
              FormDigestTimeoutSeconds: digests.lifetime,
              FormDigestValue: digests.issue(),
              LibraryVersion: '16.0.25325.12005',
              SiteFullUrl: site.facts.url,
              SupportedSchemaVersions: ['14.0.0.0', '15.0.0.0'],
              WebFullUrl: site.facts.url,
            },
            'SP.ContextWebInformation',
          ),
      },
      'SP.MoveCopyUtil.MoveFileByPath': transfer('MoveFileByPath', moveTo),
      'SP.MoveCopyUtil.CopyFileByPath': transfer('CopyFileByPath', copyTo),
      'SP.MoveCopyUtil.MoveFolderByPath': transfer('MoveFolderByPath', moveTo),
      'SP.MoveCopyUtil.CopyFolderByPath': transfer('CopyFolderByPath', copyTo),
      'SP.MoveCopyUtil.MoveFile': transfer('MoveFile', moveTo),
      'SP.MoveCopyUtil.CopyFile': transfer('CopyFile', copyTo),
      'SP.MoveCopyUtil.MoveFolder': transfer('MoveFolder', moveTo),
      'SP.MoveCopyUtil.CopyFolder': transfer('CopyFolder', copyTo),
      Search: { get: () => searchEntity(context) },
    }),
  };
}

/** @throws Fault 400 */
function decodedUrl(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    throw invalidArgument(`The address "${url}" is not percent-encoded as it should be.`);
  }
}

const siteEntity = (context: Context): Entity => ({
  kind: 'entity',
  type: 'SP.Site',
  uri: 'Site',
  properties: () => ({
    AllowCreateDeclarativeWorkflow: false,
    CompatibilityLevel: 15,
    Id: '7d3f0b0e-6f5e-4d52-8f5a-2f6d4a0f7e10',
    MaxItemsPerThrottledOperation: context.site.facts.listViewThreshold,
    PrimaryUri: context.site.facts.url,
    ReadOnly: false,
    ServerRelativeUrl: context.site.path || '/',
    Url: context.site.facts.url,
  }),
  members: () => ({
    RootWeb: { get: () => webEntity(context) },
    Owner: { get: () => userEntity(context, context.user) },
    RecycleBin: { get: () => recycleBin(context, 'Site/RecycleBin') },
    OpenWebById: { post: () => plain('OpenWebById', { Id: WEB_ID }, 'SP.Web') },
  }),
});

const searchEntity = (context: Context): Entity => ({
  kind: 'entity',
  type: 'Microsoft.Office.Server.Search.REST.SearchService',
  uri: 'Search',
  properties: () => ({}),
  members: () => ({
    Query: { get: (args) => searchOfUrl(context, args) },
    PostQuery: { post: async (_args, call) => search(context, objectIn(await call.json(), 'request')) },
  }),
});
