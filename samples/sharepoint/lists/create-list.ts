import { randomUUID } from 'node:crypto';
import { invalidArgument } from '../fault.js';
import type { FieldRow, ListRow } from '../model.js';
import { type Site, WEB } from '../site.js';
import { builtInFields } from './built-in-fields.js';
import { encodedName } from './encoded-name.js';

/** What a new list may be given; the rest has SharePoint's defaults. */
export type NewList = Partial<Omit<ListRow, 'id' | 'rootFolder' | 'baseType'>> & { readonly title: string };

/** @throws Fault 400 when the title is taken */
export function createList(site: Site, asked: NewList): ListRow {
  const baseTemplate = asked.baseTemplate ?? 100;
  const baseType = LIBRARIES.has(baseTemplate) ? 1 : 0;
  if (site.lists.all(WEB).some(({ title }) => title.toLowerCase() === asked.title.toLowerCase())) {
    throw invalidArgument(
      'A list, survey, discussion board, or document library with the specified title already exists in this Web site.  Please choose another title.',
    );
  }
  const now = site.now();
  const leaf = asked.title.replaceAll(/[\\/:*?"<>|#%]/g, '');
  const list: ListRow = {
    description: '',
    hidden: false,
    created: now,
    modified: now,
    enableAttachments: baseType === 0,
    enableVersioning: true,
    enableMinorVersions: false,
    enableModeration: false,
    enableFolderCreation: baseType === 1,
    forceCheckout: false,
    contentTypesEnabled: false,
    version: 1,
    uniquePermissions: false,
    rootFolderId: randomUUID(),
    entityTypeName: encodedName(asked.title) + (baseType === 1 ? '' : 'List'),
    ...asked,
    id: randomUUID(),
    baseTemplate,
    baseType,
    rootFolder: `${site.path}${baseType === 1 ? '' : '/Lists'}/${leaf}`,
  };
  site.lists.put(WEB, list);
  for (const field of builtInFields(baseType)) site.putField(list.id, field);
  addContentTypes(site, list);
  site.views.put(list.id, {
    id: randomUUID(),
    title: baseType === 1 ? 'All Documents' : 'All Items',
    fields: baseType === 1 ? ['DocIcon', 'LinkFilename', 'Modified', 'Editor'] : ['LinkTitle'],
    query: '',
    rowLimit: 30,
    paged: true,
    hidden: false,
    personal: false,
    isDefault: true,
    scope: 0,
  });
  return list;
}

const LIBRARIES: ReadonlySet<number> = new Set([101, 109, 119, 851]);

function addContentTypes(site: Site, list: ListRow): void {
  const suffix = `00${list.id.replaceAll('-', '').toUpperCase()}`;
  const title = site
    .fieldsOf(list.id)
    .filter(({ internalName }) => ['Title', 'FileLeafRef', 'ContentType'].includes(internalName));
  const [id, name] = list.baseType === 1 ? ['0x0101', 'Document'] : ['0x01', 'Item'];
  for (const [base, text] of [
    [id, name],
    ['0x0120', 'Folder'],
  ] as const) {
    site.contentTypes.put(list.id, {
      id: base + suffix,
      name: text,
      description:
        text === 'Folder' ? 'Create a new folder.' : `Create a new ${text === 'Item' ? 'list item' : 'document'}.`,
      group: text === 'Folder' ? 'Folder Content Types' : `${text === 'Item' ? 'List' : 'Document'} Content Types`,
      hidden: false,
      readOnly: false,
      sealed: text === 'Folder',
      fields: title.map(linkTo),
    });
  }
}

const linkTo = ({ id, internalName, required, hidden }: FieldRow) => ({ id, name: internalName, required, hidden });

/** Puts a column into a list, its first content type and its default view. */
export function addField(site: Site, list: ListRow, field: FieldRow): FieldRow {
  site.putField(list.id, field);
  if (field.hidden) return field;
  const [first] = site.contentTypes.all(list.id);
  if (first !== undefined) site.contentTypes.put(list.id, { ...first, fields: [...first.fields, linkTo(field)] });
  const view = site.views.all(list.id).find(({ isDefault }) => isDefault);
  if (view !== undefined) site.views.put(list.id, { ...view, fields: [...view.fields, field.internalName] });
  return field;
}
