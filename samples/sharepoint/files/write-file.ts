import type { Readable } from 'node:stream';
import { columnType } from '../columns/column-types.js';
import type { Context } from '../context.js';
import { fileExists, fileNotFound } from '../fault.js';
import { addItem, changeItem, checkHolder, type NewItem } from '../items/change-item.js';
import { releaseContent } from '../items/release-content.js';
import type { FileFacts, ItemRow, ListRow } from '../model.js';
import type { StoredContent } from '../store/contents.js';
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
  return { list, item: await addWithContent(context, list, { values: {}, dir: folder, leaf, file }) };
}

/** Adds a file whose bytes are there; they are deleted when it cannot be added. @throws as `addItem` */
export async function addWithContent(
  context: Context,
  list: ListRow,
  added: NewItem & { readonly file: FileFacts },
): Promise<ItemRow> {
  try {
    return addItem(context, list, added);
  } catch (error) {
    await context.site.contents.delete(added.file.content);
    throw error;
  }
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

/**
 * Gives a file bytes that are there; they are deleted when it cannot have them. The bytes before go where no version keeps them.
 * @throws Fault 404 when the file was deleted while they arrived, and as `changeItem`
 */
export async function replaceContent(
  context: Context,
  list: ListRow,
  { id }: ItemRow,
  written: StoredContent,
): Promise<ItemRow> {
  const { site } = context;
  const before = site.items.get(list.id, id);
  try {
    if (before === undefined) throw fileNotFound();
    const file = { checkedOutBy: before.file?.checkedOutBy ?? null, checkInComment: '', ...written };
    return changeItem(context, list, before, { file });
  } catch (error) {
    await site.contents.delete(written.content);
    throw error;
  } finally {
    if (before !== undefined) await releaseContent(site, before);
  }
}
