/** A value that came out of JSON; `undefined`: not there. */
export type Json = unknown;

/** A place that both changed, each to something else. */
export interface Conflict {
  /** Names of members, from the outside in. */
  readonly path: readonly string[];
  readonly base: Json;
  readonly mine: Json;
  readonly theirs: Json;
}

export interface Merge {
  /** With both people's changes; where they conflict, theirs. */
  readonly merged: Json;
  readonly conflicts: readonly Conflict[];
  /** What the other one changed. */
  readonly theirChanges: readonly (readonly string[])[];
}

/**
 * Brings together what two people made of the same document. Members are compared one by one; a list is one value, except of objects
 * that have a name, which are members by it.
 */
export function merge(base: Json, mine: Json, theirs: Json): Merge {
  const conflicts: Conflict[] = [];
  const theirChanges: (readonly string[])[] = [];
  const merged = mergeAt([], base, mine, theirs);
  return { merged, conflicts, theirChanges };

  function mergeAt(path: readonly string[], was: Json, one: Json, other: Json): Json {
    if (same(one, other)) return other;
    if (same(was, other)) return one;
    if (same(was, one)) {
      theirChanges.push(path);
      return other;
    }
    const [wasIn, oneIn, otherIn] = [membersOf(was), membersOf(one), membersOf(other)];
    if (wasIn === undefined || oneIn === undefined || otherIn === undefined || kindOf(one) !== kindOf(other)) {
      theirChanges.push(path);
      conflicts.push({ path, base: was, mine: one, theirs: other });
      return other;
    }
    const names = [...new Set([...otherIn.keys(), ...oneIn.keys(), ...wasIn.keys()])];
    const members = names.flatMap((name) => {
      const value = mergeAt([...path, name], wasIn.get(name), oneIn.get(name), otherIn.get(name));
      return value === undefined ? [] : [[name, value] as const];
    });
    return kindOf(other) === 'list' ? members.map(([, value]) => value) : Object.fromEntries(members);
  }
}

/** The merged document with mine at a place of conflict. */
export function withMine(document: Json, { path, mine }: Conflict): Json {
  const [first, ...rest] = path;
  if (first === undefined) return mine;
  const members = new Map(membersOf(document) ?? []);
  const value = withMine(members.get(first), { path: rest, mine, base: undefined, theirs: undefined });
  if (value === undefined) members.delete(first);
  else members.set(first, value);
  return kindOf(document) === 'list' ? [...members.values()] : Object.fromEntries(members);
}

const kindOf = (value: Json): 'list' | 'object' => (Array.isArray(value) ? 'list' : 'object');

/** The members of an object, or of a list of named objects; undefined for what is one value. */
function membersOf(value: Json): ReadonlyMap<string, Json> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const names = value.map((item: unknown) =>
    typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string'
      ? item.name
      : undefined,
  );
  if (names.includes(undefined) || new Set(names).size < names.length) return undefined;
  return new Map(value.map((item: unknown, at) => [names[at] ?? '', item]));
}

/** Equal as JSON, whatever the order of members. */
export function same(one: Json, other: Json): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [mine, theirs] = [definedIn(one), definedIn(other)];
  return mine.size === theirs.size && [...mine].every(([name, value]) => same(value, theirs.get(name)));
}

const definedIn = (value: object): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(value).filter(([, member]) => member !== undefined));
