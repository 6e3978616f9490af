import type { Readable } from 'node:stream';
import { columnType } from '../columns/column-types.js';
import type { Context } from '../context.js';
import { fileExists } from '../fault.js';
import { addItem, changeItem, checkHolder } from '../items/change-item.js';
import type { ItemRow, ListRow } from '../model.js';
import { checkName, libraryFolder } from './server-path.js';

/** A file's name and what to do when it is taken. */
export interface NewFile {
  readonly name: string;
  readonly overwrite: boolean;
  /** Takes `name1`, `name2`, … instead. */
  readonly unique?: boolean;
}

/**
 * Puts a file into a folder of a library.
 * @throws Fault 400 when the name is taken or not allowed, 404 without the folder, 423 when it is checked out, 507 without room
 */
export async function addFile(
  context: Context,
  folder: string,
  { name, overwrite, unique }: NewFile,
  source: Readable,
): Promise<{ list: ListRow; item: ItemRow }> {
  const { site } = context;
  const list = libraryFolder(site, folder);
  checkName(name);
  const leaf = unique === true ? freeLeaf(context, folder, name) : name;
  const there = site.items.byPath(`${folder}/${leaf}`);
  if (there !== undefined && (!overwrite || there.folder))
    throw fileExists(`${folder}/${leaf}`.slice(site.path.length + 1));
  if (there !== undefined) return { list, item: await writeFile(context, list, there, source) };
  const file = {
    ...(await site.contents.write(source)),
    checkedOutBy: checkedOutAtFirst(context, list),
    checkInComment: '',
  };
  const item = addItem(context, list, { values: {}, dir: folder, leaf, file });
  return { list, item };
}

/** A library that demands check-out, or has required columns without a value, keeps a new file with the one who brings it. */
function checkedOutAtFirst({ site, user }: Context, list: ListRow): number | null {
  const unfilled = site
    .fieldsOf(list.id)
    .some(
      (field) =>
        field.required &&
        !field.fromBaseType &&
        !field.hidden &&
        field.defaultValue === null &&
        columnType(field).kind !== 18,
    );
  return list.forceCheckout && unfilled ? user.id : null;
}

function freeLeaf({ site }: Context, folder: string, name: string): string {
  const [stem, extension] = [name.replace(/\.[^.]*$/, ''), /\.[^.]*$/.exec(name)?.[0] ?? ''];
  let leaf = name;
  for (let count = 1; site.items.byPath(`${folder}/${leaf}`) !== undefined; count += 1)
    leaf = `${stem}${count}${extension}`;
  return leaf;
}

/** New bytes for a file that is there. @throws Fault 423 when another has it checked out */
export async function writeFile(context: Context, list: ListRow, item: ItemRow, source: Readable): Promise<ItemRow> {
  checkHolder(context, item);
  const written = await context.site.contents.write(source);
  return replaceContent(context, list, item, written);
}

export function replaceContent(
  context: Context,
  list: ListRow,
  item: ItemRow,
  written: { content: string; length: number },
): ItemRow {
  const file = { checkedOutBy: item.file?.checkedOutBy ?? null, checkInComment: '', ...written };
  return changeItem(context, list, item, { file });
}
