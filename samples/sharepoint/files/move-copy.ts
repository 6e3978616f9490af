import { basename, dirname } from 'node:path/posix';
import type { Context } from '../context.js';
import { fileExists, fileNotFound } from '../fault.js';
import { addItem, changeItem } from '../items/change-item.js';
import { deleteItem } from '../items/recycle-item.js';
import type { ItemRow } from '../model.js';
import { WEB } from '../site.js';
import { checkName, libraryFolder } from './server-path.js';

/**
 * Moves a file or a folder with all in it.
 * @throws Fault 400 when the destination is taken and may not be replaced, 404 when one of the two is not there
 */
export async function moveTo(context: Context, from: string, to: string, overwrite: boolean): Promise<ItemRow> {
  const { site } = context;
  const item = source(context, from);
  const list = await clear(context, to, overwrite, item.guid);
  const below = item.folder ? site.items.below(from) : [];
  const path = { dir: dirname(to), leaf: basename(to) };
  if (list.id !== item.list) {
    const moved = await copyTo(context, from, to, true);
    await deleteItem(context, item);
    return moved;
  }
  const moved = changeItem(context, list, item, path);
  for (const one of below) site.items.put({ ...one, dir: to + one.dir.slice(from.length) });
  return moved;
}

/** Copies a file or a folder with all in it. @throws as `moveTo` */
export async function copyTo(context: Context, from: string, to: string, overwrite: boolean): Promise<ItemRow> {
  const { site } = context;
  const item = source(context, from);
  await clear(context, to, overwrite, item.guid);
  const copy = await copyOne(context, item, dirname(to), basename(to));
  if (item.folder) {
    const below = site.items.below(from).toSorted((a, b) => a.dir.length - b.dir.length);
    for (const one of below) await copyOne(context, one, to + one.dir.slice(from.length), one.leaf);
  }
  return copy;
}

async function copyOne(context: Context, item: ItemRow, dir: string, leaf: string): Promise<ItemRow> {
  const { site } = context;
  const list = libraryFolder(site, dir);
  const file = item.file && { ...item.file, content: await site.contents.copy(item.file.content), checkedOutBy: null };
  const known = new Set(site.fieldsOf(list.id).map(({ internalName }) => internalName));
  const values = Object.fromEntries(Object.entries(item.values).filter(([name]) => known.has(name)));
  return addItem(context, list, {
    values,
    dir,
    leaf,
    folder: item.folder,
    ...(list.id === item.list && { contentType: item.contentType }),
    ...(file !== undefined && { file }),
  });
}

function source({ site }: Context, from: string): ItemRow {
  const item = site.items.byPath(from);
  if (item === undefined || site.lists.get(WEB, item.list)?.baseType !== 1) throw fileNotFound();
  return item;
}

/** Makes room at a destination. */
async function clear(context: Context, to: string, overwrite: boolean, guid: string) {
  const { site } = context;
  checkName(basename(to));
  const list = libraryFolder(site, dirname(to));
  const there = site.items.byPath(to);
  if (there !== undefined && there.guid !== guid) {
    if (!overwrite) throw fileExists(to.slice(site.path.length + 1));
    await deleteItem(context, there);
  }
  return list;
}
