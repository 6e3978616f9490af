import type { Context } from '../context.js';
import { fileNotFound } from '../fault.js';
import { changeItem, versionsOwner } from '../items/change-item.js';
import { dropVersion } from '../items/release-content.js';
import type { ItemRow, ListRow, VersionRow } from '../model.js';
import { listed } from '../odata/listed.js';
import { type Collection, type Entity, nothing } from '../odata/resource.js';
import { mediaTypeOf } from './media-type.js';
import { principalEntity } from './principal.js';

/** A file's earlier states, oldest first; the present one is the file itself. */
export function fileVersions(context: Context, list: ListRow, item: ItemRow, uri: string): Collection {
  const { site } = context;
  const owner = versionsOwner(item);
  const rows = (): VersionRow[] => site.versions.all(owner);
  const label = ({ item: { major, minor } }: VersionRow): string => `${major}.${minor}`;
  const find = (fits: (row: VersionRow) => boolean): VersionRow => {
    const row = rows().find(fits);
    if (row === undefined) throw fileNotFound();
    return row;
  };
  const drop = async (...dropped: VersionRow[]) => {
    for (const row of dropped) await dropVersion(site, row);
    return nothing('Delete');
  };
  return listed('SP.FileVersion', uri, () => rows().map((row) => versionEntity(context, row, uri)), {
    byKey: (args) =>
      versionEntity(
        context,
        find(({ id }) => id === args['0']),
        uri,
      ),
    members: {
      GetById: {
        needsArgs: true,
        get: (args) =>
          versionEntity(
            context,
            find(({ id }) => id === (args['0'] ?? args.versionid)),
            uri,
          ),
      },
      DeleteById: { post: (args) => drop(find(({ id }) => id === (args.vid ?? args['0']))) },
      DeleteByLabel: { post: (args) => drop(find((row) => label(row) === String(args.versionlabel ?? args['0']))) },
      DeleteAll: { post: () => drop(...rows()) },
      RestoreByLabel: {
        post: (args) => {
          const { item: state } = find((row) => label(row) === String(args.versionlabel ?? args['0']));
          changeItem(context, list, item, {
            values: state.values,
            ...(state.file !== undefined && { file: state.file }),
          });
          return nothing('RestoreByLabel');
        },
      },
    },
  });
}

function versionEntity(context: Context, row: VersionRow, uri: string): Entity {
  const { site } = context;
  const { id, item } = row;
  const { file } = item;
  return {
    kind: 'entity',
    type: 'SP.FileVersion',
    uri: `${uri}(${id})`,
    properties: () => ({
      CheckInComment: file?.checkInComment ?? '',
      Created: item.modified,
      ID: id,
      IsCurrentVersion: false,
      Length: String(file?.length ?? 0),
      Size: file?.length ?? 0,
      Url: `_vti_history/${id}${`${item.dir}/${item.leaf}`.slice(site.path.length)}`,
      VersionLabel: `${item.major}.${item.minor}`,
    }),
    members: () => ({
      CreatedBy: { get: () => principalEntity(context, item.editor) ?? nothing('CreatedBy') },
      $value: {
        get: () => ({
          kind: 'content',
          length: file?.length ?? 0,
          mediaType: mediaTypeOf(item.leaf),
          read: (start, end) => site.contents.read(file?.content ?? '', start, end),
        }),
      },
    }),
    remove: () => dropVersion(site, row),
  };
}
