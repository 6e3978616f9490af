import { randomUUID } from 'node:crypto';
import type { Context } from '../context.js';
import { checkedOut, duplicateValue, fileExists, fileNotFound } from '../fault.js';
import { checkName } from '../files/server-path.js';
import type { FieldRow, FileFacts, ItemRow, ListRow, Value } from '../model.js';
import { type Site, WEB } from '../site.js';

export interface NewItem {
  readonly values: Readonly<Record<string, Value>>;
  readonly contentType?: string;
  readonly folder?: boolean;
  /** Server-relative; default: the list's root folder. */
  readonly dir?: string;
  /** Default: the item's number. */
  readonly leaf?: string;
  readonly file?: FileFacts;
}

export const versionsOwner = ({ list, id }: ItemRow): string => `${list}/${id}`;

/** @throws Fault 400 when a unique value or a name is taken */
export function addItem({ site, user }: Context, list: ListRow, added: NewItem): ItemRow {
  const id = site.numbers.next(`items ${list.id}`);
  const now = site.now();
  const [first, folderType] = site.contentTypes.all(list.id);
  const dir = added.dir ?? list.rootFolder;
  const leaf = added.leaf ?? `${id}_.000`;
  if (site.items.byPath(`${dir}/${leaf}`) !== undefined) throw fileExists(`${dir}/${leaf}`.slice(site.path.length + 1));
  const draft = list.enableMinorVersions && added.folder !== true;
  const item: ItemRow = {
    list: list.id,
    id,
    guid: randomUUID(),
    folder: added.folder === true,
    dir,
    leaf,
    values: { ...defaults(site, list), ...added.values },
    contentType: added.contentType ?? (added.folder === true ? folderType : first)?.id ?? '0x01',
    version: 1,
    major: draft ? 0 : 1,
    minor: draft ? 1 : 0,
    created: now,
    modified: now,
    author: user.id,
    editor: user.id,
    moderation: list.enableModeration ? (draft ? 3 : 2) : 0,
    moderationComments: null,
    uniquePermissions: false,
    ...(added.file !== undefined && { file: added.file }),
  };
  claim(site, item, undefined);
  touchList(site, list, now);
  return site.items.put(item);
}

function defaults(site: Site, list: ListRow): Record<string, Value> {
  return Object.fromEntries(
    site
      .fieldsOf(list.id)
      .filter(({ defaultValue }) => defaultValue !== null)
      .map((field) => [field.internalName, defaultOf(field, site)]),
  );
}

function defaultOf({ defaultValue, type }: FieldRow, site: Site): Value {
  if (type === 'Boolean') return defaultValue === '1';
  if (type === 'Number' || type === 'Currency' || type === 'Integer') return Number(defaultValue);
  if (type === 'DateTime')
    return defaultValue?.toLowerCase() === '[today]' ? `${site.now().slice(0, 10)}T00:00:00Z` : defaultValue;
  return type === 'MultiChoice' ? (defaultValue ?? '').split(';#').filter((part) => part !== '') : defaultValue;
}

export type ItemChange = Partial<
  Pick<
    ItemRow,
    'values' | 'contentType' | 'leaf' | 'dir' | 'file' | 'moderation' | 'moderationComments' | 'major' | 'minor'
  >
>;

/**
 * A new state of an item; what lies in a folder goes with it. The state before becomes a version where the list keeps versions.
 *
 * @throws Fault 423 when another has it checked out, 400 when a unique value or a name is taken, or the name is not allowed
 */
export function changeItem(context: Context, list: ListRow, before: ItemRow, change: ItemChange): ItemRow {
  const { site, user } = context;
  checkHolder(context, before);
  const now = site.now();
  const held = before.file !== undefined && before.file.checkedOutBy !== null;
  const numbered = change.major !== undefined || held || !list.enableVersioning ? {} : nextVersion(list, before);
  const item: ItemRow = {
    ...before,
    ...numbered,
    ...(list.enableModeration && !before.folder && { moderation: list.enableMinorVersions ? 3 : 2 }),
    ...change,
    values: { ...before.values, ...change.values },
    version: before.version + 1,
    modified: now,
    editor: user.id,
  };
  if (item.dir !== before.dir || item.leaf !== before.leaf) {
    checkName(item.leaf);
    const there = site.items.byPath(`${item.dir}/${item.leaf}`);
    if (there !== undefined && there.guid !== item.guid)
      throw fileExists(`${item.dir}/${item.leaf}`.slice(site.path.length + 1));
  }
  claim(site, item, before);
  if (item.major !== before.major || item.minor !== before.minor) {
    site.versions.put(versionsOwner(before), { id: before.major * 512 + before.minor, item: before });
  }
  touchList(site, list, now);
  const [from, to] = [`${before.dir}/${before.leaf}`, `${item.dir}/${item.leaf}`];
  const below = item.folder && from !== to ? site.items.below(from) : [];
  for (const one of below) site.items.put({ ...one, dir: to + one.dir.slice(from.length) });
  return site.items.put(item);
}

const nextVersion = (list: ListRow, { major, minor, folder }: ItemRow): { major: number; minor: number } =>
  list.enableMinorVersions && !folder ? { major, minor: minor + 1 } : { major: major + 1, minor: 0 };

/** @throws Fault 423 when another person has the file checked out */
export function checkHolder({ site, user }: Context, item: ItemRow): void {
  const holder = item.file?.checkedOutBy ?? null;
  if (holder === null || holder === user.id) return;
  throw checkedOut(
    `${site.facts.url.slice(0, -site.path.length || undefined)}${item.dir}/${item.leaf}`,
    site.users.get(WEB, holder)?.title ?? '',
  );
}

/** Keeps unique values unique, without looking through the list. */
function claim(site: Site, item: ItemRow, before: ItemRow | undefined): void {
  for (const field of site.fieldsOf(item.list)) {
    if (!field.unique) continue;
    const [was, is] = [taken(before?.values[field.internalName]), taken(item.values[field.internalName])];
    if (was === is) continue;
    if (is !== undefined) {
      const holder = site.taken.holder(item.list, field.internalName, is);
      if (holder !== undefined && holder !== item.id) throw duplicateValue(field.title);
      site.taken.claim(item.list, field.internalName, is, item.id);
    }
    if (was !== undefined) site.taken.release(item.list, field.internalName, was, item.id);
  }
}

const taken = (value: Value | undefined): string | undefined =>
  value === undefined || value === null || value === '' ? undefined : JSON.stringify(value);

function touchList(site: Site, list: ListRow, now: string): void {
  const stored = site.lists.get(WEB, list.id);
  if (stored !== undefined && stored.modified !== now) site.lists.put(WEB, { ...stored, modified: now });
}

/** Takes an item away, and frees its unique values; its versions stay for the recycle bin. */
export function takeAway(site: Site, item: ItemRow): void {
  for (const field of site.fieldsOf(item.list)) {
    const value = field.unique ? taken(item.values[field.internalName]) : undefined;
    if (value !== undefined) site.taken.release(item.list, field.internalName, value, item.id);
  }
  site.items.delete(item);
}

/** Puts an item of the recycle bin back. @throws Fault 400 when its name or a unique value is taken, 404 without its list */
export function putBack(site: Site, item: ItemRow): void {
  if (site.lists.get(WEB, item.list) === undefined) throw fileNotFound();
  if (site.items.byPath(`${item.dir}/${item.leaf}`) !== undefined) throw fileExists(item.leaf);
  claim(site, item, undefined);
  site.items.put(item);
}
