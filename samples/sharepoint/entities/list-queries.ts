import { type Call, objectIn, textIn } from '../call.js';
import type { Context } from '../context.js';
import { itemNotFound } from '../fault.js';
import { serverPath } from '../files/server-path.js';
import { itemType } from '../items/accept-values.js';
import { type CamlView, readCaml, withinScope } from '../items/caml.js';
import { type FoundItems, findItems } from '../items/find-items.js';
import { renderRow } from '../items/render-rows.js';
import type { ListRow } from '../model.js';
import { listed } from '../odata/listed.js';
import { type Members, type Plain, plain, type Resource } from '../odata/resource.js';
import { itemEntity } from './item-entity.js';
import { addValidateUpdate } from './item-form.js';

const NO_LIMIT = 1_000_000;

/** What a list is asked by CAML, and what forms send it. */
export const listQueries = (context: Context, list: ListRow, uri: string): Members => ({
  GetItems: { post: (args, call) => getItems(context, list, uri, args.query, call) },
  GetItemByUniqueId: {
    needsArgs: true,
    get: (args) => {
      const item = context.site.items.byGuid(String(args['0'] ?? args.uniqueid).toLowerCase());
      if (item === undefined || item.list !== list.id) throw itemNotFound();
      return itemEntity(context, list, item);
    },
  },
  GetItemByStringId: {
    needsArgs: true,
    get: (args) => itemEntity(context, list, required(context, list, Number(args['0'] ?? args.sid))),
  },
  RenderListDataAsStream: { post: (_args, call) => renderStream(context, list, call) },
  RenderListData: {
    needsArgs: true,
    get: (args) => {
      const view = readCaml(context, list, String(args['0'] ?? args.viewxml ?? ''));
      return plain('RenderListData', JSON.stringify(rendered(context, list, view, list.rootFolder, undefined)));
    },
  },
  AddValidateUpdateItemUsingPath: { post: (_args, call) => addValidateUpdate(context, list, call) },
  AddValidateUpdateItem: { post: (_args, call) => addValidateUpdate(context, list, call) },
});

function required({ site }: Context, list: ListRow, id: number) {
  const item = site.items.get(list.id, id);
  if (item === undefined) throw itemNotFound();
  return item;
}

async function getItems(context: Context, list: ListRow, uri: string, inline: unknown, call: Call): Promise<Resource> {
  const body = await call.json();
  const query = typeof inline === 'string' ? (JSON.parse(inline) as Record<string, unknown>) : objectIn(body, 'query');
  const view = readCaml(context, list, textIn(query, 'ViewXml') ?? '');
  const path = objectIn(query, 'FolderServerRelativePath').DecodedUrl ?? query.FolderServerRelativeUrl;
  const position = objectIn(query, 'ListItemCollectionPosition').PagingInfo;
  const found = find(
    context,
    list,
    view,
    folderOf(context, list, path),
    typeof position === 'string' ? position : undefined,
  );
  return listed(itemType(list), `${uri}/GetItems`, () => found.items.map((item) => itemEntity(context, list, item)));
}

const folderOf = ({ site }: Context, list: ListRow, path: unknown): string =>
  typeof path === 'string' && path !== '' ? serverPath(site, path) : list.rootFolder;

const find = (context: Context, list: ListRow, view: CamlView, folder: string, token: string | undefined): FoundItems =>
  findItems(context.site, list, {
    orderBy: view.orderBy,
    limit: view.rowLimit ?? NO_LIMIT,
    within: withinScope(view.scope, folder),
    ...(view.where !== undefined && { where: view.where }),
    ...(token !== undefined && { token }),
  });

async function renderStream(context: Context, list: ListRow, call: Call): Promise<Plain> {
  const parameters = objectIn(await call.json(), 'parameters');
  const view = readCaml(context, list, textIn(parameters, 'ViewXml') ?? '');
  const token = textIn(parameters, 'Paging')?.replace(/^\?/, '');
  const folder = folderOf(context, list, parameters.FolderServerRelativeUrl);
  const data = rendered(context, list, view, folder, token);
  const withSchema =
    (Number(parameters.RenderOptions ?? 2) & 6) === 6 || (Number(parameters.RenderOptions ?? 2) & 1) === 1;
  return plain('RenderListDataAsStream', withSchema ? { ListData: data, wpq: '' } : data, 'Edm.Object');
}

function rendered(context: Context, list: ListRow, view: CamlView, folder: string, token: string | undefined) {
  const { site } = context;
  const preset = site.views.all(list.id).find(({ isDefault }) => isDefault);
  const limit = view.rowLimit ?? preset?.rowLimit ?? 30;
  const names = view.viewFields.length > 0 ? view.viewFields : (preset?.fields ?? []);
  const found = find(context, list, { ...view, rowLimit: limit }, folder, token);
  const first = Number(new URLSearchParams(token ?? '').get('PageFirstRow') ?? 1);
  const next = first + found.items.length;
  return {
    Row: found.items.map((item) => renderRow(context, item, names)),
    FirstRow: first,
    FolderPermissions: '0x7fffffffffffffff',
    LastRow: next - 1,
    RowLimit: limit,
    ...(found.next !== undefined && { NextHref: `?${found.next}&PageFirstRow=${next}` }),
    FilterLink: '?',
    ForceNoHierarchy: '1',
    HierarchyHasIndention: '',
  };
}
