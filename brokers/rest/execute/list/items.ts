import type { ListPlan } from '../../plan.js';
import { isAbsent, isRecord } from '../scalar.js';
import { at } from './paging.js';

/** The items of an answer. A single value where a list was declared is a list of one; nothing is an empty list. */
export function itemsOf({ items, map }: ListPlan, root: unknown): readonly unknown[] {
  const found = at(root, items);
  if (Array.isArray(found)) return found;
  if (isAbsent(found) || found === '') return [];
  return map === true && isRecord(found) ? Object.values(found) : [found];
}

/** What the answer says beside its items; undefined when nothing. */
export function metaOf({ items }: ListPlan, root: unknown): Readonly<Record<string, unknown>> | undefined {
  if (items.length === 0 || !isRecord(root)) return undefined;
  const rest = without(root, items);
  return Object.keys(rest).length === 0 ? undefined : rest;
}

function without(
  root: Readonly<Record<string, unknown>>,
  [name = '', ...path]: readonly string[],
): Record<string, unknown> {
  const entries = Object.entries(root).flatMap(([key, value]): [string, unknown][] => {
    if (key !== name) return [[key, value]];
    if (path.length === 0 || !isRecord(value)) return [];
    const inner = without(value, path);
    return Object.keys(inner).length === 0 ? [] : [[key, inner]];
  });
  return Object.fromEntries(entries);
}
