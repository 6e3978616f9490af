import type { Call } from '../call.js';
import type { Context } from '../context.js';
import { Fault, fileNotFound, itemNotFound } from '../fault.js';
import { changeItem, versionsOwner } from '../items/change-item.js';
import type { AttachmentRow, ItemRow, ListRow } from '../model.js';
import { listed } from '../odata/listed.js';
import { type Collection, type Content, type Entity, nothing } from '../odata/resource.js';

export function attachmentsCollection(context: Context, list: ListRow, item: ItemRow, uri: string): Collection {
  const { site } = context;
  const owner = versionsOwner(item);
  const entity = (row: AttachmentRow): Entity => attachmentEntity(context, list, item, row, uri);
  const find = (name: unknown): Entity => {
    const row = site.attachments.get(owner, String(name));
    if (row === undefined) throw fileNotFound();
    return entity(row);
  };
  const add = async (name: string, call: Call): Promise<Entity> => {
    if (!list.enableAttachments)
      throw new Fault(400, '-2130575333, Microsoft.SharePoint.SPException', 'Attachments are disabled for this list.');
    refuseTaken(name);
    const written = await site.contents.write(call.stream());
    try {
      const now = site.items.get(list.id, item.id);
      if (now === undefined) throw itemNotFound();
      refuseTaken(name);
      changeItem(context, list, now, { values: { Attachments: true } });
      return entity(site.attachments.put(owner, { id: name, ...written }));
    } catch (error) {
      await site.contents.delete(written.content);
      throw error;
    }
  };
  const refuseTaken = (name: string): void => {
    if (site.attachments.get(owner, name) === undefined) return;
    throw new Fault(
      409,
      '-2130575257, Microsoft.SharePoint.SPException',
      `The specified name is already in use.\n\nAn attachment with the name ${name} already exists.`,
    );
  };
  return listed('SP.Attachment', uri, () => site.attachments.all(owner).map(entity), {
    byKey: (args) => find(args['0']),
    members: {
      GetByFileName: { needsArgs: true, get: (args) => find(args['0'] ?? args.filename) },
      GetByFileNameAsPath: { needsArgs: true, get: (args) => find(args['0'] ?? args.decodedurl) },
      Add: { post: (args, call) => add(String(args['0'] ?? args.filename), call) },
      AddUsingPath: { post: (args, call) => add(String(args['0'] ?? args.decodedurl), call) },
    },
  });
}

function attachmentEntity(context: Context, list: ListRow, item: ItemRow, row: AttachmentRow, uri: string): Entity {
  const { site } = context;
  const owner = versionsOwner(item);
  const path = `${list.rootFolder}/Attachments/${item.id}/${row.id}`;
  const remove = async () => {
    site.attachments.delete(owner, row.id);
    await site.contents.delete(row.content);
    const now = site.items.get(list.id, item.id);
    if (now !== undefined)
      changeItem(context, list, now, { values: { Attachments: site.attachments.all(owner).length > 0 } });
  };
  const removed = async () => {
    await remove();
    return nothing('RecycleObject');
  };
  return {
    kind: 'entity',
    type: 'SP.Attachment',
    uri: `${uri}('${row.id.replaceAll("'", "''")}')`,
    properties: () => ({
      FileName: row.id,
      FileNameAsPath: { DecodedUrl: row.id },
      ServerRelativePath: { DecodedUrl: path },
      ServerRelativeUrl: path,
    }),
    members: () => ({
      $value: { get: () => content(context, row, owner) },
      DeleteObject: { post: removed },
      RecycleObject: { post: removed },
    }),
    remove,
  };
}

const content = ({ site }: Context, row: AttachmentRow, owner: string): Content => ({
  kind: 'content',
  length: row.length,
  mediaType: 'application/octet-stream',
  read: (start, end) => site.contents.read(row.content, start, end),
  write: async (call) => {
    const written = await site.contents.write(call.stream());
    const before = site.attachments.get(owner, row.id);
    if (before !== undefined) site.attachments.put(owner, { id: row.id, ...written });
    await site.contents.delete((before ?? written).content);
    if (before === undefined) throw fileNotFound();
  },
});
