import { propertyNotFound } from '../fault.js';
import { readQueryOptions, type Shape } from './query-options.js';
import { type Entity, memberOf, type Resource } from './resource.js';

/** An entity as an answer shows it, before it is put into one of OData's dresses. */
export interface Shown {
  readonly entity: Entity;
  readonly values: Readonly<Record<string, unknown>>;
  readonly expanded: Readonly<Record<string, Expanded>>;
}

export type Expanded = Shown | readonly Shown[] | { readonly value: unknown } | null;

/** @throws Fault 400 when a name is none of the entity's */
export function project(entity: Entity, shape: Shape): Shown {
  const members = entity.members();
  const expanded: Record<string, Expanded> = {};
  for (const [asked, inner] of shape.expand) {
    const found = memberOf(members, asked);
    if (found !== undefined && 'get' in found.member) {
      expanded[found.name] = expand(found.member.get({}), inner);
    } else if (!(asked in entity.properties())) {
      throw propertyNotFound(asked);
    }
  }
  return { entity, values: valuesOf(entity, shape.select, (name) => memberOf(members, name) !== undefined), expanded };
}

function valuesOf(
  entity: Entity,
  select: readonly string[] | undefined,
  isMember: (name: string) => boolean,
): Readonly<Record<string, unknown>> {
  const all = entity.properties();
  if (select === undefined) return all;
  const values: Record<string, unknown> = {};
  let more: Readonly<Record<string, unknown>> | undefined;
  for (const name of select) {
    if (name === '*') {
      Object.assign(values, all);
      continue;
    }
    if (Object.hasOwn(all, name)) {
      values[name] = all[name];
      continue;
    }
    more ??= entity.onDemand?.() ?? {};
    const found = nameIn(more, name) ?? nameIn(all, name);
    if (found !== undefined) values[found] = found in more ? more[found] : all[found];
    else if (!isMember(name)) throw propertyNotFound(name);
  }
  return values;
}

function nameIn(values: Readonly<Record<string, unknown>>, name: string): string | undefined {
  if (Object.hasOwn(values, name)) return name;
  const lower = name.toLowerCase();
  return Object.keys(values).find((key) => key.toLowerCase() === lower);
}

const noOptions = readQueryOptions(new URLSearchParams());

function expand(resource: Resource, shape: Shape): Expanded {
  if (resource.kind === 'entity') return project(resource, shape);
  if (resource.kind === 'collection') return resource.page(noOptions).entities.map((entity) => project(entity, shape));
  return resource.kind === 'plain' ? { value: resource.value } : null;
}
