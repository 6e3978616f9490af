import { entityPropertyName } from '../columns/column-types.js';
import type { Context } from '../context.js';
import { itemNotFound } from '../fault.js';
import { versionsOwner } from '../items/change-item.js';
import { shown } from '../items/item-values.js';
import { dropVersion } from '../items/release-content.js';
import type { ItemRow, ListRow } from '../model.js';
import { listed } from '../odata/listed.js';
import type { Collection, Entity } from '../odata/resource.js';
import { nothing } from '../odata/resource.js';
import { principalEntity } from './principal.js';

/** An item's states, the present one first. */
export function itemVersions(context: Context, list: ListRow, item: ItemRow, uri: string): Collection {
  const { site } = context;
  const owner = versionsOwner(item);
  const states = (): ItemRow[] => [
    item,
    ...site.versions
      .all(owner)
      .map((version) => version.item)
      .reverse(),
  ];
  const entity = (state: ItemRow): Entity => versionEntity(context, list, state, state === item, uri);
  return listed('SP.ListItemVersion', uri, () => states().map(entity), {
    byKey: (args) => {
      const state = states().find(({ major, minor }) => major * 512 + minor === Number(args['0']));
      if (state === undefined) throw itemNotFound();
      return entity(state);
    },
  });
}

function versionEntity(context: Context, list: ListRow, state: ItemRow, current: boolean, uri: string): Entity {
  const { site } = context;
  const id = state.major * 512 + state.minor;
  return {
    kind: 'entity',
    type: 'SP.ListItemVersion',
    uri: `${uri}(${id})`,
    properties: () => ({
      VersionId: id,
      VersionLabel: `${state.major}.${state.minor}`,
      IsCurrentVersion: current,
      Created: state.modified,
      // A version spells the underscores of its columns out.
      ...Object.fromEntries(
        site
          .fieldsOf(list.id)
          .map((field) => [
            entityPropertyName(field.internalName).replaceAll('_', '_x005f_'),
            shown(site, state, field),
          ]),
      ),
    }),
    members: () => ({ CreatedBy: { get: () => principalEntity(context, state.editor) ?? nothing('CreatedBy') } }),
    remove: () => dropVersion(site, { id, item: state }),
  };
}
