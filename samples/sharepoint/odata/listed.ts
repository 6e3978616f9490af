import { propertyNotFound } from '../fault.js';
import { holds, order } from './condition.js';
import type { QueryOptions } from './query-options.js';
import { type Collection, type Entity, type Members, memberOf, type Page } from './resource.js';

/** A collection whose entities are few enough to be filtered and sorted as they are. */
export const listed = (
  type: string,
  uri: string,
  entities: () => readonly Entity[],
  rest: Partial<Pick<Collection, 'byKey' | 'create'>> & { readonly members?: Members } = {},
): Collection => ({
  kind: 'collection',
  type,
  uri,
  page: (query) => pageOf(entities(), query),
  ...rest,
  members: () => rest.members ?? {},
});

function pageOf(all: readonly Entity[], { filter, orderBy, skip, top }: QueryOptions): Page {
  let chosen = filter === undefined ? [...all] : all.filter((entity) => holds(filter, (path) => valueAt(entity, path)));
  for (const { path, descending } of orderBy.toReversed()) {
    chosen = chosen.toSorted((a, b) => order(valueAt(a, path), valueAt(b, path)) * (descending ? -1 : 1));
  }
  return { entities: chosen.slice(skip, top === undefined ? undefined : skip + top) };
}

function valueAt(entity: Entity, path: string): unknown {
  const [head = '', ...rest] = path.split('/');
  const values = { ...entity.properties(), ...entity.onDemand?.() };
  if (head in values) {
    return rest.reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], values[head]);
  }
  const member = memberOf(entity.members(), head)?.member;
  const next = member !== undefined && 'get' in member ? member.get({}) : undefined;
  if (next?.kind !== 'entity') throw propertyNotFound(head);
  return valueAt(next, rest.join('/'));
}
