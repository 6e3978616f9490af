import type { Context } from '../context.js';
import { itemNotFound } from '../fault.js';
import { putBack } from '../items/change-item.js';
import { purgeItem } from '../items/recycle-item.js';
import type { RecycledRow } from '../model.js';
import { listed } from '../odata/listed.js';
import { type Collection, type Entity, nothing } from '../odata/resource.js';
import { WEB } from '../site.js';
import { principalEntity } from './principal.js';

export function recycleBin(context: Context, uri: string): Collection {
  const { site } = context;
  const rows = (): RecycledRow[] => site.recycled.all(WEB).reverse();
  const find = (id: unknown): Entity => {
    const row = site.recycled.get(WEB, String(id));
    if (row === undefined) throw itemNotFound();
    return recycledEntity(context, row, uri);
  };
  const each = (
    name: string,
    act: (row: RecycledRow) => void | Promise<void>,
    fits: (row: RecycledRow) => boolean = () => true,
  ) => ({
    post: async () => {
      for (const row of rows().filter(fits)) await act(row);
      return nothing(name);
    },
  });
  return listed('SP.RecycleBinItem', uri, () => rows().map((row) => recycledEntity(context, row, uri)), {
    byKey: (args) => find(args['0']),
    members: {
      GetById: { needsArgs: true, get: (args) => find(args['0']) },
      DeleteAll: each('DeleteAll', (row) => purge(context, row)),
      DeleteAllSecondStageItems: each(
        'DeleteAllSecondStageItems',
        (row) => purge(context, row),
        ({ stage }) => stage === 2,
      ),
      MoveAllToSecondStage: each('MoveAllToSecondStage', (row) => void site.recycled.put(WEB, { ...row, stage: 2 })),
      RestoreAll: each('RestoreAll', (row) => restore(context, row)),
    },
  });
}

function restore({ site }: Context, row: RecycledRow): void {
  site.database.transaction(() => {
    if (row.list !== undefined) site.lists.put(WEB, row.list);
    for (const item of row.items) putBack(site, item);
    site.recycled.delete(WEB, row.id);
  })();
}

async function purge(context: Context, row: RecycledRow): Promise<void> {
  context.site.recycled.delete(WEB, row.id);
  for (const item of row.items) await purgeItem(context, item);
}

function recycledEntity(context: Context, row: RecycledRow, uri: string): Entity {
  const { site } = context;
  const person = site.users.get(WEB, row.deletedBy);
  const author = site.users.get(WEB, row.author);
  return {
    kind: 'entity',
    type: 'SP.RecycleBinItem',
    uri: `${uri}(guid'${row.id}')`,
    properties: () => ({
      AuthorEmail: author?.email ?? '',
      AuthorName: author?.title ?? '',
      DeletedByEmail: person?.email ?? '',
      DeletedByName: person?.title ?? '',
      DeletedDate: row.deleted,
      DeletedDateLocalFormatted: row.deleted,
      DirName: row.dir,
      DirNamePath: { DecodedUrl: row.dir },
      Id: row.id,
      ItemState: row.stage,
      ItemType: row.itemType,
      LeafName: row.leaf,
      LeafNamePath: { DecodedUrl: row.leaf },
      Size: String(row.size),
      Title: row.title,
    }),
    members: () => ({
      Author: { get: () => principalEntity(context, row.author) ?? nothing('Author') },
      DeletedBy: { get: () => principalEntity(context, row.deletedBy) ?? nothing('DeletedBy') },
      Restore: { post: () => done('Restore', () => restore(context, row)) },
      DeleteObject: { post: () => done('DeleteObject', () => purge(context, row)) },
      MoveToSecondStage: {
        post: () => done('MoveToSecondStage', () => void site.recycled.put(WEB, { ...row, stage: 2 })),
      },
    }),
  };
}

async function done(name: string, act: () => void | Promise<void>) {
  await act();
  return nothing(name);
}
