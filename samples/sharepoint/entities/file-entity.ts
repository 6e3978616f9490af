import { type Call, checkMatch, checkMatchIn } from '../call.js';
import type { Context } from '../context.js';
import { invalidArgument, notCheckedOut } from '../fault.js';
import { copyTo, moveTo } from '../files/move-copy.js';
import { fileAt, serverPath } from '../files/server-path.js';
import { replaceContent, writeFile } from '../files/write-file.js';
import { changeItem, checkHolder, versionsOwner } from '../items/change-item.js';
import { deleteItem, recycleItem } from '../items/recycle-item.js';
import { checkOutOwner, releaseContent } from '../items/release-content.js';
import type { FileFacts, ItemRow, ListRow } from '../model.js';
import type { Args } from '../odata/literal.js';
import { type Content, type Entity, type Members, nothing, plain, type Resource } from '../odata/resource.js';
import { fileVersions } from './file-version-entity.js';
import { itemEntity } from './item-entity.js';
import { mediaTypeOf } from './media-type.js';
import { principalEntity } from './principal.js';

/** @throws Fault 404 */
export function fileByPath(context: Context, path: unknown): Entity {
  const { list, item } = fileAt(context.site, serverPath(context.site, String(path)));
  return fileEntity(context, list, item);
}

export function fileEntity(context: Context, list: ListRow, item: ItemRow): Entity {
  const path = `${item.dir}/${item.leaf}`;
  const uri = `Web/GetFileByServerRelativePath(decodedurl='${path.replaceAll("'", "''")}')`;
  const etag = `"{${item.guid.toUpperCase()}},${item.version}"`;
  return {
    kind: 'entity',
    type: 'SP.File',
    uri,
    properties: () => fileProperties(item, etag, path),
    onDemand: () => ({ VroomDriveID: '', VroomItemID: '' }),
    members: () => ({
      ...transferMembers(context, list, item),
      DeleteWithParameters: {
        post: async (_args, call) => {
          await checkMatchIn(call, etag);
          await deleteItem(context, item);
          return nothing('DeleteWithParameters');
        },
      },
      ...stateMembers(context, list, item),
      ListItemAllFields: { get: () => itemEntity(context, list, item) },
      Properties: {
        get: () =>
          plain(
            'Properties',
            Object.fromEntries(Object.entries(item.values).map(([name, value]) => [name, value])),
            'SP.PropertyValues',
          ),
      },
      Versions: { get: () => fileVersions(context, list, item, `${uri}/Versions`) },
      Author: { get: () => principalEntity(context, item.author) ?? nothing('Author') },
      ModifiedBy: { get: () => principalEntity(context, item.editor) ?? nothing('ModifiedBy') },
      CheckedOutByUser: { get: () => holder(context, item, 'CheckedOutByUser') },
      LockedByUser: { get: () => nothing('LockedByUser') },
      $value: { get: () => content(context, list, item, etag) },
    }),
    merge: async (call: Call) => {
      checkMatch(call, etag);
      return fileEntity(context, list, item);
    },
    remove: async (call) => {
      checkMatch(call, etag);
      await deleteItem(context, item);
    },
  };
}

const holder = (context: Context, { file }: ItemRow, name: string): Resource =>
  (typeof file?.checkedOutBy === 'number' ? principalEntity(context, file.checkedOutBy) : undefined) ?? nothing(name);

function fileProperties(item: ItemRow, etag: string, path: string): Record<string, unknown> {
  const { file } = item;
  return {
    CheckInComment: file?.checkInComment ?? '',
    CheckOutType: file?.checkedOutBy === null ? 2 : 0,
    ContentTag: `{${item.guid.toUpperCase()}},${item.version},${item.version}`,
    CustomizedPageStatus: 0,
    ETag: etag,
    Exists: true,
    ExistsAllowThrowForPolicyFailures: true,
    ExistsWithException: true,
    IrmEnabled: false,
    Length: String(file?.length ?? 0),
    Level: item.minor === 0 ? 1 : 2,
    LinkingUri: null,
    LinkingUrl: '',
    MajorVersion: item.major,
    MinorVersion: item.minor,
    Name: item.leaf,
    ServerRelativeUrl: path,
    ServerRelativePath: { DecodedUrl: path },
    TimeCreated: item.created,
    TimeLastModified: item.modified,
    Title: item.values.Title ?? '',
    UIVersion: item.major * 512 + item.minor,
    UIVersionLabel: `${item.major}.${item.minor}`,
    UniqueId: item.guid,
  };
}

/** Bytes in portions, and moving whole files. */
function transferMembers(context: Context, list: ListRow, item: ItemRow): Members {
  const { site } = context;
  const path = `${item.dir}/${item.leaf}`;
  const upload = (args: Args) => ({
    id: String(args.uploadid ?? args['0']),
    offset: Number(args.fileoffset ?? args['1'] ?? 0),
  });
  const start = (name: string) => ({
    post: async (args: Args, call: Call) => {
      checkHolder(context, item);
      return plain(name, String(await site.uploads.start(upload(args).id, item.guid, call.stream())));
    },
  });
  const transfer = (move: typeof moveTo) => async (to: unknown, overwrite: boolean) => {
    await move(context, path, serverPath(site, String(to)), overwrite);
    return nothing('MoveCopy');
  };
  return {
    StartUpload: start('StartUpload'),
    StartUploadFile: start('StartUploadFile'),
    ContinueUpload: {
      post: async (args, call) => {
        const { id, offset } = upload(args);
        return plain('ContinueUpload', String(await site.uploads.continue(id, item.guid, offset, call.stream())));
      },
    },
    FinishUpload: {
      post: async (args, call) => {
        const { id, offset } = upload(args);
        const written = await site.uploads.finish(id, item.guid, offset, call.stream());
        return fileEntity(context, list, await replaceContent(context, list, item, written));
      },
    },
    CancelUpload: {
      post: async (args) => {
        await site.uploads.cancel(upload(args).id);
        return nothing('CancelUpload');
      },
    },
    GetUploadStatus: {
      needsArgs: true,
      get: (args) =>
        plain(
          'GetUploadStatus',
          { ExpectedContentRange: String(site.uploads.status(upload(args).id, item.guid)) },
          'SP.UploadStatus',
        ),
    },
    MoveTo: { post: (args) => transfer(moveTo)(args.newurl ?? args['0'], args.flags === 1) },
    MoveToUsingPath: { post: (args) => transfer(moveTo)(args.decodedurl ?? args['0'], args.moveoperations === 1) },
    CopyTo: { post: (args) => transfer(copyTo)(args.strnewurl ?? args['0'], args.boverwrite === true) },
    CopyToUsingPath: { post: (args) => transfer(copyTo)(args.decodedurl ?? args['0'], args.boverwrite === true) },
    Recycle: { post: () => plain('Recycle', recycleItem(context, item)) },
    DeleteObject: {
      post: async () => {
        await deleteItem(context, item);
        return nothing('DeleteObject');
      },
    },
  };
}

/** Check-out, check-in, publishing, approval. */
function stateMembers(context: Context, list: ListRow, item: ItemRow): Members {
  const { site, user } = context;
  const path = `${item.dir}/${item.leaf}`;
  const file = item.file as FileFacts;
  const done = (name: string) => nothing(name);
  const comment = (args: Args): string => String(args.comment ?? args['0'] ?? '');
  const held = (): void => {
    if (file.checkedOutBy === null) throw notCheckedOut(path);
    checkHolder(context, item);
  };
  return {
    CheckOut: {
      post: () => {
        checkHolder(context, item);
        if (file.checkedOutBy === user.id) return done('CheckOut');
        site.versions.put(checkOutOwner(item), { id: 1, item });
        site.items.put({ ...item, file: { ...file, checkedOutBy: user.id } });
        return done('CheckOut');
      },
    },
    CheckIn: {
      post: async (args) => {
        held();
        const released = { ...item, file: { ...file, checkedOutBy: null } };
        const before = site.versions.get(checkOutOwner(item), 1)?.item ?? released;
        site.items.put(released);
        const { major, minor } = changeItem(context, list, released, {
          file: { ...released.file, checkInComment: comment(args) },
          ...checkedInAs(Number(args.checkintype ?? args['1'] ?? 1), released, before),
        });
        if (major !== before.major || minor !== before.minor)
          site.versions.put(versionsOwner(item), { id: before.major * 512 + before.minor, item: before });
        site.versions.delete(checkOutOwner(item), 1);
        await releaseContent(site, before);
        return done('CheckIn');
      },
    },
    UndoCheckOut: {
      post: async () => {
        held();
        const before = site.versions.get(checkOutOwner(item), 1)?.item ?? item;
        site.items.put({
          ...before,
          version: item.version + 1,
          file: { ...(before.file ?? file), checkedOutBy: null },
        });
        site.versions.delete(checkOutOwner(item), 1);
        await releaseContent(site, item);
        return done('UndoCheckOut');
      },
    },
    Publish: {
      post: (args) => {
        if (item.minor === 0) throw invalidArgument(`The file "${path}" has no draft to publish.`);
        changeItem(context, list, item, {
          major: item.major + 1,
          minor: 0,
          moderation: list.enableModeration ? 2 : 0,
          file: { ...file, checkInComment: comment(args) },
        });
        return done('Publish');
      },
    },
    UnPublish: {
      post: (args) => {
        changeItem(context, list, item, {
          major: Math.max(0, item.major - 1),
          minor: item.minor + 1,
          moderation: list.enableModeration ? 3 : 0,
          file: { ...file, checkInComment: comment(args) },
        });
        return done('UnPublish');
      },
    },
    Approve: { post: (args) => moderate(0, comment(args)) },
    Deny: { post: (args) => moderate(1, comment(args)) },
  };

  function moderate(moderation: number, moderationComments: string): Resource {
    if (!list.enableModeration) throw invalidArgument(`The library "${list.title}" asks for no approval.`);
    changeItem(context, list, item, { major: item.major, minor: item.minor, moderation, moderationComments });
    return done('Approve');
  }
}

/** The version that a check-in makes: 0 minor, 1 major, 2 the same again. */
function checkedInAs(type: number, { major, minor }: ItemRow, before: ItemRow): { major: number; minor: number } {
  if (type === 2) return { major: before.major, minor: before.minor };
  return type === 0 ? { major, minor: minor + 1 } : { major: major + 1, minor: 0 };
}

const content = (context: Context, list: ListRow, item: ItemRow, etag: string): Content => ({
  kind: 'content',
  length: item.file?.length ?? 0,
  mediaType: mediaTypeOf(item.leaf),
  etag,
  read: (start, end) => context.site.contents.read(item.file?.content ?? '', start, end),
  write: async (call) => {
    checkMatch(call, etag);
    await writeFile(context, list, item, call.stream());
  },
});
