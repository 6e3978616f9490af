import { Fault, fileNotFound } from '../fault.js';
import type { ItemRow, ListRow } from '../model.js';
import { type Site, WEB } from '../site.js';

/** Server-relative, without a trailing slash; what is not server-relative is taken from the site. Absolute addresses lose their host. */
export function serverPath(site: Site, given: string): string {
  const bare = given.replace(/^https?:\/\/[^/]+/, '');
  const path = bare.startsWith('/') ? bare : `${site.path}/${bare}`;
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}

/** The list or library that a path lies in. */
export const listOfPath = (site: Site, path: string): ListRow | undefined =>
  site.lists.all(WEB).find(({ rootFolder }) => `${path.toLowerCase()}/`.startsWith(`${rootFolder.toLowerCase()}/`));

/** @throws Fault 404 */
export function fileAt(site: Site, path: string): { list: ListRow; item: ItemRow } {
  const item = site.items.byPath(path);
  const list = item && site.lists.get(WEB, item.list);
  if (item === undefined || list === undefined || item.folder) throw fileNotFound();
  return { list, item };
}

/** Whether new files can be put there. @throws Fault 404 when it is no folder of a library */
export function libraryFolder(site: Site, path: string): ListRow {
  const list = listOfPath(site, path);
  const isFolder = list?.rootFolder.toLowerCase() === path.toLowerCase() || site.items.byPath(path)?.folder === true;
  if (list === undefined || !isFolder) throw fileNotFound();
  return list;
}

/** @throws Fault 400 for a name that SharePoint does not take */
export function checkName(name: string): void {
  if (name.length > 0 && name.length <= 400 && !/[\\/:*?"<>|]|^\s|[.\s]$/.test(name)) return;
  throw new Fault(
    400,
    '-2130575245, Microsoft.SharePoint.SPException',
    `The file or folder name "${name}" contains characters that are not permitted.  Please use a different name.`,
  );
}
