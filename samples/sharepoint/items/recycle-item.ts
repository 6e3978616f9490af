import { randomUUID } from 'node:crypto';
import type { Context } from '../context.js';
import type { ItemRow } from '../model.js';
import { WEB } from '../site.js';
import { checkHolder, takeAway, versionsOwner } from './change-item.js';
import { checkOutOwner, keptStates } from './release-content.js';

/**
 * Moves an item, a file or a folder with all in it to the recycle bin.
 * @returns the recycle bin item's GUID
 * @throws Fault 423 when another has it checked out
 */
export function recycleItem(context: Context, item: ItemRow): string {
  const { site, user } = context;
  const id = randomUUID();
  const items = withContents(context, item);
  for (const one of items) checkHolder(context, one);
  site.database.transaction(() => {
    for (const one of items) takeAway(site, one);
    site.recycled.put(WEB, {
      id,
      title:
        typeof item.values.Title === 'string' && item.file === undefined && !item.folder
          ? item.values.Title
          : item.leaf,
      dir: item.dir.slice(1),
      leaf: item.leaf,
      itemType: item.folder ? 5 : item.file === undefined ? 3 : 1,
      size: items.reduce((sum, { file }) => sum + (file?.length ?? 0), 0),
      deletedBy: user.id,
      deleted: site.now(),
      author: item.author,
      stage: 1,
      items,
    });
  })();
  return id;
}

/** Takes an item away for good, with its versions, attachments and bytes. */
export async function deleteItem(context: Context, item: ItemRow): Promise<void> {
  const items = withContents(context, item);
  for (const one of items) checkHolder(context, one);
  for (const one of items) {
    takeAway(context.site, one);
    await purgeItem(context, one);
  }
}

/** Forgets what an item that was taken away left behind. */
export async function purgeItem({ site }: Context, item: ItemRow): Promise<void> {
  const owner = versionsOwner(item);
  const contents = new Set([
    item.file?.content,
    ...keptStates(site, item).map((version) => version.item.file?.content),
    ...site.attachments.all(owner).map(({ content }) => content),
  ]);
  for (const { id } of site.versions.all(owner)) site.versions.delete(owner, id);
  site.versions.delete(checkOutOwner(item), 1);
  for (const { id } of site.attachments.all(owner)) site.attachments.delete(owner, id);
  for (const { id } of site.comments.all(owner)) site.comments.delete(owner, id);
  await site.uploads.cancelAll(item.guid);
  for (const content of contents) if (content !== undefined) await site.contents.delete(content);
}

const withContents = ({ site }: Context, item: ItemRow): ItemRow[] =>
  item.folder ? [item, ...site.items.below(`${item.dir}/${item.leaf}`)] : [item];
