import { basename, dirname } from 'node:path/posix';
import type { Context } from '../context.js';
import { fileExists, fileNotFound, invalidArgument } from '../fault.js';
import { addItem, changeItem, checkHolder } from '../items/change-item.js';
import { deleteItem } from '../items/recycle-item.js';
import type { ItemRow, ListRow } from '../model.js';
import { WEB } from '../site.js';
import { checkName, libraryFolder } from './server-path.js';
import { addWithContent } from './write-file.js';

/**
 * Moves a file or a folder with all in it.
 * @throws Fault 400 when the destination is taken and may not be replaced, 404 when one of the two is not there
 */
export async function moveTo(context: Context, from: string, to: string, overwrite: boolean): Promise<ItemRow> {
  const item = source(context, from);
  checkHolder(context, item);
  const list = await clear(context, item, to, overwrite);
  const path = { dir: dirname(to), leaf: basename(to) };
  if (list.id !== item.list) {
    const moved = await copyTo(context, from, to, true);
    await deleteItem(context, item);
    return moved;
  }
  return changeItem(context, list, item, path);
}

/** Copies a file or a folder with all in it. @throws as `moveTo` */
export async function copyTo(context: Context, from: string, to: string, overwrite: boolean): Promise<ItemRow> {
  const { site } = context;
  const item = source(context, from);
  await clear(context, item, to, overwrite);
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
  const file = item.file && { ...item.file, content: await site.contents.copy(item.file), checkedOutBy: null };
  const known = new Set(site.fieldsOf(list.id).map(({ internalName }) => internalName));
  const values = Object.fromEntries(Object.entries(item.values).filter(([name]) => known.has(name)));
  const copy = {
    values,
    dir,
    leaf,
    folder: item.folder,
    ...(list.id === item.list && { contentType: item.contentType }),
  };
  return file === undefined ? addItem(context, list, copy) : await addWithContent(context, list, { ...copy, file });
}

function source({ site }: Context, from: string): ItemRow {
  const item = site.items.byPath(from);
  if (item === undefined || site.lists.get(WEB, item.list)?.baseType !== 1) throw fileNotFound();
  return item;
}

/** Makes room at a destination. @throws Fault 400 when one of the two lies in the other */
async function clear(context: Context, item: ItemRow, to: string, overwrite: boolean): Promise<ListRow> {
  const { site } = context;
  checkName(basename(to));
  const [source, destination] = [`${item.dir}/${item.leaf}/`.toLowerCase(), `${to}/`.toLowerCase()];
  if (source !== destination && (source.startsWith(destination) || destination.startsWith(source)))
    throw invalidArgument('The source and the destination must not lie within one another.');
  const list = libraryFolder(site, dirname(to));
  const there = site.items.byPath(to);
  if (there !== undefined && there.guid !== item.guid) {
    if (!overwrite) throw fileExists(to.slice(site.path.length + 1));
    await deleteItem(context, there);
  }
  return list;
}
