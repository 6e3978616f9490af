import type { Comparison, Side } from './compare-shapes.js';
import { typeText } from './phrases.js';
import { nearest, type Place, pointerOf, unwrapped } from './schema-place.js';

/** A member of a choice. */
interface Member {
  /** What it is called in sentences. */
  readonly label: string;
  /** Whether the label is its own: a type's name, a title, a tag; `an object` is none. */
  readonly named: boolean;
  readonly place: Place;
}

/**
 * Compares what values are one of.
 *
 * @returns whether what stands beside the choices has still to be compared
 */
export function compareChoices(comparison: Comparison): boolean {
  const { former, latter, found } = comparison;
  const [before, after] = [former.shape.choices, latter.shape.choices];
  compareDiscriminators(comparison);
  if (before.length === after.length) {
    before.forEach((choice, index) => {
      compareMembers(comparison, members(choice, former), members(after[index] ?? [], latter));
    });
    return true;
  }
  if (before.length + after.length > 1) {
    found('CONSTRAINT_CHANGED', pointerOf(latter.place), 'is put together of other choices now');
    return false;
  }
  compareMembers(comparison, alternatives(former), alternatives(latter));
  return false;
}

/** The members of a side's choice; a side without one is the only member itself. */
const alternatives = (side: Side): Member[] => members(side.shapes.alternatives(side.place), side);

function compareMembers({ former, latter, found, descend }: Comparison, before: Member[], after: Member[]): void {
  const { pairs, gone, come } = paired(before, after, former, latter);
  for (const [member, next] of pairs) descend(member.place, next.place);
  const here = pointerOf(latter.place);
  for (const member of gone) {
    if (!isToldByType(member, former, latter)) found('VARIANT_REMOVED', here, `can no longer be ${member.label}`);
  }
  for (const member of come) {
    if (!isToldByType(member, latter, former)) found('VARIANT_ADDED', here, `can be ${member.label} now`);
  }
}

interface Pairing {
  readonly pairs: readonly (readonly [Member, Member])[];
  readonly gone: readonly Member[];
  readonly come: readonly Member[];
}

/** Finds what became of each member: first by names, then by what it says, then by likeness. */
function paired(before: readonly Member[], after: readonly Member[], former: Side, latter: Side): Pairing {
  const pairs: [Member, Member][] = [];
  let [gone, come]: [readonly Member[], readonly Member[]] = [before, after];
  const pairBy = (keyOf: (member: Member) => string | undefined): void => {
    const byKey = new Map<string, Member[]>();
    for (const member of come) {
      const key = keyOf(member);
      if (key === undefined) continue;
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [member]);
      else known.push(member);
    }
    const taken = new Set<Member>();
    gone = gone.filter((member) => {
      const next = byKey.get(keyOf(member) ?? '')?.shift();
      if (next === undefined) return true;
      pairs.push([member, next]);
      taken.add(next);
      return false;
    });
    come = come.filter((member) => !taken.has(member));
  };
  pairBy(({ named, label }) => (named ? label : undefined));
  pairBy(({ place }) => textOf(place));
  const single = before.length === 1 || after.length === 1;
  if (single || gone.length * come.length <= MOST_LIKENESSES) {
    for (const member of gone) {
      const next = likest(member, come, former, latter, single);
      if (next === undefined) continue;
      pairs.push([member, next]);
      gone = gone.filter((other) => other !== member);
      come = come.filter((other) => other !== next);
    }
  }
  return { pairs, gone, come };
}

/** Pairs of members that are looked at for likeness. */
const MOST_LIKENESSES = 2_500;

/** The member that is of the same types and has most property names in common, at least half of all if it is not the only one. */
function likest(
  member: Member,
  candidates: readonly Member[],
  former: Side,
  latter: Side,
  single: boolean,
): Member | undefined {
  const own = former.shapes.of(member.place);
  let best: { readonly member: Member; readonly likeness: number } | undefined;
  for (const candidate of candidates) {
    const other = latter.shapes.of(candidate.place);
    if (typeText(own.types) !== typeText(other.types)) continue;
    const names = new Set([...own.properties.keys(), ...other.properties.keys()]);
    const shared = [...own.properties.keys()].filter((name) => other.properties.has(name)).length;
    const likeness = names.size === 0 ? 1 : shared / names.size;
    if (likeness > (best?.likeness ?? (single ? -1 : 0.5))) best = { member: candidate, likeness };
  }
  return best?.member;
}

/** A member of a type that the other side has not at all: the change of type says it already. */
function isToldByType({ place }: Member, own: Side, other: Side): boolean {
  const types = own.shapes.of(place).types;
  const others = other.shape.types;
  return types !== undefined && others !== undefined && [...types].every((type) => !others.has(type));
}

function members(choice: readonly Place[], side: Side): Member[] {
  return choice.map((place) => ({ place, ...labelOf(place, side) }));
}

function labelOf(place: Place, { shapes }: Side): Pick<Member, 'label' | 'named'> {
  const { root, path, schema } = nearest(unwrapped({ parts: place.parts }).place);
  if (root.typeName !== undefined && path === '') return { label: root.typeName, named: true };
  if (typeof schema === 'object' && schema.title !== undefined) return { label: schema.title, named: true };
  const { types, values, properties } = shapes.of(place);
  if (values?.size === 1) return { label: [...values].join(), named: true };
  for (const [name, property] of properties) {
    const tag = shapes.of(property).values;
    if (tag?.size === 1) return { label: `${typeText(types)} with "${name}" ${[...tag].join()}`, named: true };
  }
  return { label: typeText(types), named: false };
}

const textOf = (place: Place): string => JSON.stringify(nearest(unwrapped({ parts: place.parts }).place).schema);

function compareDiscriminators({ former, latter, found }: Comparison): void {
  const [before, after] = [former.shape.discriminator, latter.shape.discriminator];
  if (before === undefined || after === undefined) return;
  const here = pointerOf(latter.place);
  if (before.propertyName !== after.propertyName) {
    found(
      'DISCRIMINATOR_CHANGED',
      here,
      `is told apart by "${after.propertyName}" now; it was by "${before.propertyName}"`,
    );
    return;
  }
  const [tags, newTags] = [before.mapping ?? {}, after.mapping ?? {}];
  for (const [tag, type] of Object.entries(tags)) {
    const kept = Object.entries(newTags).some(([newTag, newType]) => newType === type && newTag !== tag);
    if (!Object.hasOwn(newTags, tag) && kept)
      found('DISCRIMINATOR_CHANGED', here, `no longer says "${tag}" in "${after.propertyName}" for ${type}`);
  }
}
