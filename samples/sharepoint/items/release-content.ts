import type { ItemRow, VersionRow } from '../model.js';
import type { Site } from '../site.js';
import { versionsOwner } from './change-item.js';

/** Deletes the bytes of a former state of a file where neither the file nor another state of it has them. */
export async function releaseContent(site: Site, former: ItemRow): Promise<void> {
  const content = former.file?.content;
  if (content === undefined) return;
  const states = [site.items.get(former.list, former.id), ...keptStates(site, former).map(({ item }) => item)];
  if (states.every((state) => state?.file?.content !== content)) await site.contents.delete(content);
}

/** Forgets an earlier state, with its bytes. */
export async function dropVersion(site: Site, { id, item }: VersionRow): Promise<void> {
  site.versions.delete(versionsOwner(item), id);
  await releaseContent(site, item);
}

/** Earlier states of an item, and the one that undoing its check-out would bring back. */
export const keptStates = (site: Site, item: ItemRow): VersionRow[] => [
  ...site.versions.all(versionsOwner(item)),
  ...site.versions.all(checkOutOwner(item)),
];

/** Under which the state before a check-out is kept. */
export const checkOutOwner = (item: ItemRow): string => `${versionsOwner(item)}/checkout`;
