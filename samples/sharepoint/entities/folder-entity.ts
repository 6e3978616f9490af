import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path/posix';
import { Readable } from 'node:stream';
import { type Call, objectIn, textIn } from '../call.js';
import type { Context } from '../context.js';
import { Fault, fileExists, fileNotFound, folderNotEmpty } from '../fault.js';
import { moveTo } from '../files/move-copy.js';
import { checkName, fileAt, libraryFolder, listOfPath, serverPath } from '../files/server-path.js';
import { addFile } from '../files/write-file.js';
import { acceptValues } from '../items/accept-values.js';
import { addItem, changeItem } from '../items/change-item.js';
import { deleteItem, recycleItem } from '../items/recycle-item.js';
import type { ItemRow, ListRow } from '../model.js';
import { listed } from '../odata/listed.js';
import type { Args } from '../odata/literal.js';
import { type Collection, type Entity, nothing, plain } from '../odata/resource.js';
import { WEB } from '../site.js';
import { fileEntity } from './file-entity.js';
import { itemEntity } from './item-entity.js';

const DOCUMENT_SET = '0x0120D520';

/** @throws Fault 404 */
export function folderByPath(context: Context, path: unknown): Entity {
  return folderEntity(context, serverPath(context.site, String(path)));
}

/**
 * A folder: the web's, a list's root, or one that is an item.
 * @throws Fault 404
 */
export function folderEntity(context: Context, path: string): Entity {
  const { site } = context;
  const item = site.items.byPath(path);
  const list = listOfPath(site, path);
  const isRoot = path.toLowerCase() === (site.path || '/').toLowerCase();
  const isListRoot = list?.rootFolder.toLowerCase() === path.toLowerCase();
  if (!isRoot && !isListRoot && item?.folder !== true) throw fileNotFound();
  const uri = `Web/GetFolderByServerRelativePath(decodedurl='${path.replaceAll("'", "''")}')`;
  return {
    kind: 'entity',
    type: 'SP.Folder',
    uri,
    properties: () => folderProperties(context, path, item, list),
    members: () => ({
      Files: { get: () => filesCollection(context, path, `${uri}/Files`) },
      Folders: { get: () => foldersCollection(context, path, `${uri}/Folders`) },
      ParentFolder: {
        get: () =>
          isRoot ? nothing('ParentFolder') : folderEntity(context, isListRoot ? site.path || '/' : dirname(path)),
      },
      ListItemAllFields: {
        get: () =>
          item === undefined || list === undefined ? nothing('ListItemAllFields') : itemEntity(context, list, item),
      },
      Properties: {
        get: () => plain('Properties', { vti_x005f_level: 1, ...(item?.values ?? {}) }, 'SP.PropertyValues'),
      },
      StorageMetrics: { get: () => storageMetrics(context, path, item) },
      AddSubFolderUsingPath: {
        post: async (_args, call) => {
          const leaf = String(objectIn(await call.json(), 'leafPath').DecodedUrl ?? '');
          return folderEntity(context, addFolder(context, `${path}/${leaf}`, false));
        },
      },
      MoveTo: {
        post: async (args) => {
          await moveTo(context, path, serverPath(site, String(args.newurl ?? args['0'])), false);
          return nothing('MoveTo');
        },
      },
      Recycle: { post: () => plain('Recycle', recycleItem(context, own())) },
      DeleteObject: {
        post: async () => {
          await deleteItem(context, own());
          return nothing('DeleteObject');
        },
      },
      DeleteWithParameters: {
        post: async (_args, call) => {
          const asked = objectIn(await call.json(), 'parameters');
          if (asked.DeleteIfEmpty === true && site.items.children(path).length > 0) throw folderNotEmpty();
          await deleteItem(context, own());
          return nothing('DeleteWithParameters');
        },
      },
    }),
    merge: async (call: Call) => {
      const name = textIn(await call.json(), 'Name');
      if (name !== undefined) changeItem(context, list as ListRow, present(), { leaf: name });
      return folderEntity(context, name === undefined ? path : `${dirname(path)}/${name}`);
    },
    remove: () => deleteItem(context, own()),
  };

  /** As it is after a body has arrived. */
  function present(): ItemRow {
    const now = site.items.get(own().list, own().id);
    if (now === undefined) throw fileNotFound();
    return now;
  }

  function own(): ItemRow {
    if (item !== undefined) return item;
    throw new Fault(
      400,
      '-2147024809, System.ArgumentException',
      'The root folder of a list or site cannot be deleted, moved or renamed.',
    );
  }
}

function folderProperties(
  { site }: Context,
  path: string,
  item: ItemRow | undefined,
  list: ListRow | undefined,
): Record<string, unknown> {
  return {
    Exists: true,
    ExistsAllowThrowForPolicyFailures: true,
    ExistsWithException: true,
    IsWOPIEnabled: false,
    ItemCount: site.items.children(path).length,
    Name: basename(path),
    ProgID: item?.contentType.startsWith(DOCUMENT_SET) === true ? 'Sharepoint.DocumentSet' : null,
    ServerRelativePath: { DecodedUrl: path },
    ServerRelativeUrl: path,
    TimeCreated: item?.created ?? list?.created ?? site.now(),
    TimeLastModified: item?.modified ?? list?.modified ?? site.now(),
    UniqueId: item?.guid ?? list?.rootFolderId ?? namedGuid(path),
    WelcomePage: '',
  };
}

/** A GUID that a path without an item of its own always has. */
const namedGuid = (path: string): string =>
  createHash('sha256')
    .update(path)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

function storageMetrics({ site }: Context, path: string, item: ItemRow | undefined) {
  const files = site.items.below(path).filter(({ file }) => file !== undefined);
  const size = files.reduce((sum, { file }) => sum + (file?.length ?? 0), 0);
  return plain(
    'StorageMetrics',
    {
      LastModified: item?.modified ?? site.now(),
      TotalFileCount: String(files.length),
      TotalFileStreamSize: String(size),
      TotalSize: String(size),
    },
    'SP.StorageMetrics',
  );
}

/** Makes a folder; an item's when it is in a list. @returns its path. @throws Fault 400 when the name is taken */
export function addFolder(context: Context, path: string, overwrite: boolean, contentType?: string): string {
  const { site } = context;
  const [dir, leaf] = [dirname(path), basename(path)];
  checkName(leaf);
  const list = listOfPath(site, path);
  const isFolder =
    list !== undefined &&
    (list.rootFolder.toLowerCase() === dir.toLowerCase() || site.items.byPath(dir)?.folder === true);
  if (list === undefined || !isFolder) throw fileNotFound();
  const there = site.items.byPath(path);
  if (there !== undefined && overwrite && there.folder) return path;
  if (there !== undefined) throw fileExists(path.slice(site.path.length + 1));
  addItem(context, list, {
    values: { Title: leaf },
    dir,
    leaf,
    folder: true,
    ...(contentType !== undefined && { contentType }),
  });
  return path;
}

export function foldersCollection(context: Context, path: string, uri: string): Collection {
  const { site } = context;
  const at = (given: unknown): string =>
    String(given).startsWith('/') ? serverPath(site, String(given)) : `${path}/${given}`;
  const paths = (): string[] =>
    path === (site.path || '/')
      ? site.lists.all(WEB).map(({ rootFolder }) => rootFolder)
      : site.items
          .children(path)
          .filter(({ folder }) => folder)
          .map(({ dir, leaf }) => `${dir}/${leaf}`);
  const add = (args: Args) =>
    folderEntity(context, addFolder(context, at(args.decodedurl ?? args.url ?? args['0']), args.overwrite === true));
  return listed('SP.Folder', uri, () => paths().map((one) => folderEntity(context, one)), {
    byKey: (args) => folderEntity(context, at(args['0'])),
    create: async (call) => {
      const body = await call.json();
      return folderEntity(context, addFolder(context, at(textIn(body, 'ServerRelativeUrl')), false));
    },
    members: {
      GetByUrl: { needsArgs: true, get: (args) => folderEntity(context, at(args['0'])) },
      Add: { post: add },
      AddUsingPath: { post: add },
    },
  });
}

function filesCollection(context: Context, path: string, uri: string): Collection {
  const { site } = context;
  const list = listOfPath(site, path);
  const rows = (): ItemRow[] =>
    list === undefined ? [] : site.items.children(path).filter(({ file }) => file !== undefined);
  const at = (name: unknown): Entity => {
    const found = fileAt(site, String(name).startsWith('/') ? serverPath(site, String(name)) : `${path}/${name}`);
    return fileEntity(context, found.list, found.item);
  };
  const add = async (args: Args, call: Call): Promise<Entity> => {
    const found = await addFile(
      context,
      path,
      {
        name: basename(String(args.decodedurl ?? args.url ?? args['0'])),
        overwrite: args.overwrite === true,
        unique: args.ensureuniquefilename === true,
      },
      call.stream(),
    );
    return fileEntity(context, found.list, found.item);
  };
  const stub = async (args: Args): Promise<Entity> => {
    const name = basename(String(args.decodedurl ?? args.urloffile ?? args['0']));
    const there = site.items.byPath(`${path}/${name}`);
    if (there !== undefined) return at(name);
    const found = await addFile(context, path, { name, overwrite: false }, Readable.from([]));
    return fileEntity(context, found.list, found.item);
  };
  return listed('SP.File', uri, () => rows().map((item) => fileEntity(context, list as ListRow, item)), {
    byKey: (args) => at(args['0']),
    members: {
      GetByUrl: { needsArgs: true, get: (args) => at(args['0']) },
      Add: { post: add },
      AddUsingPath: { post: add },
      AddStubUsingPath: { post: stub },
      GetByPathOrAddStub: { post: stub },
    },
  });
}

/** A document set: a folder of that content type. */
export function addDocumentSet(
  context: Context,
  folder: string,
  name: string,
  body: Readonly<Record<string, unknown>>,
): Entity {
  const { site } = context;
  const list = libraryFolder(site, folder);
  const type = site.contentTypes.all(list.id).find(({ id }) => id.startsWith(DOCUMENT_SET));
  if (type === undefined)
    throw new Fault(
      400,
      '-2147024809, System.ArgumentException',
      `The library "${list.title}" has no document set content type.`,
    );
  const path = addFolder(context, `${folder}/${name}`, false, type.id);
  const item = site.items.byPath(path);
  if (item !== undefined) changeItem(context, list, item, { values: acceptValues(site, list, body).values });
  return folderEntity(context, path);
}
