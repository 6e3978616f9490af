import type { JsonSchemaObject } from '../json-schema.js';
import type { Place } from './schema-place.js';

/** What a value may be, with references followed and `allOf` merged. */
export interface Shape {
  /** Names of JSON types, `file` for a file, `null` left out; undefined: any. */
  readonly types: ReadonlySet<string> | undefined;
  readonly nullable: boolean;
  /** The values of `enum` or `const` as JSON, without null; undefined: any. */
  readonly values: ReadonlySet<string> | undefined;
  readonly properties: ReadonlyMap<string, Place>;
  readonly required: ReadonlySet<string>;
  /** Whether members that nothing names are refused. */
  readonly closed: boolean;
  /** What members are that `properties` does not name; undefined: nothing is said. */
  readonly additional: Place | undefined;
  readonly patterns: ReadonlyMap<string, Place>;
  readonly items: Place | undefined;
  readonly prefix: readonly Place[];
  readonly discriminator: JsonSchemaObject['discriminator'] | undefined;
  /** Every other keyword that limits values, with its value. */
  readonly constraints: ReadonlyMap<string, unknown>;
  /** What the value must be one of besides, null left out. */
  readonly choices: readonly (readonly Place[])[];
}

/** Anything at all. */
export const anything: Shape = {
  types: undefined,
  nullable: true,
  values: undefined,
  properties: new Map(),
  required: new Set(),
  closed: false,
  additional: undefined,
  patterns: new Map(),
  items: undefined,
  prefix: [],
  discriminator: undefined,
  constraints: new Map(),
  choices: [],
};

/** What both shapes say together, as `allOf` does. Where one word is said twice, the second counts: it is nearer to the value. */
export function mergedShape(one: Shape, two: Shape): Shape {
  return {
    types: both(one.types, two.types, sharedTypes),
    nullable: one.nullable && two.nullable,
    values: both(one.values, two.values, (left, right) => new Set([...left].filter((value) => right.has(value)))),
    properties: mergedPlaces(one.properties, two.properties),
    required: new Set([...one.required, ...two.required]),
    closed: one.closed || two.closed,
    additional: two.additional ?? one.additional,
    patterns: mergedPlaces(one.patterns, two.patterns),
    items: both(one.items, two.items, together),
    prefix: two.prefix.length > 0 ? two.prefix : one.prefix,
    discriminator: two.discriminator ?? one.discriminator,
    constraints: new Map([...one.constraints, ...two.constraints]),
    choices: [...one.choices, ...two.choices],
  };
}

function both<T>(one: T | undefined, two: T | undefined, join: (one: T, two: T) => T): T | undefined {
  if (one === undefined) return two;
  return two === undefined ? one : join(one, two);
}

function sharedTypes(one: ReadonlySet<string>, two: ReadonlySet<string>): ReadonlySet<string> {
  const narrow = (set: ReadonlySet<string>, type: string) => set.has(type) || (type === 'integer' && set.has('number'));
  return new Set([...[...one].filter((type) => narrow(two, type)), ...[...two].filter((type) => narrow(one, type))]);
}

const together = (one: Place, two: Place): Place => ({ ...one, parts: [...one.parts, ...two.parts] });

function mergedPlaces(one: ReadonlyMap<string, Place>, two: ReadonlyMap<string, Place>): ReadonlyMap<string, Place> {
  if (one.size === 0) return two;
  if (two.size === 0) return one;
  const merged = new Map(one);
  for (const [name, place] of two) {
    const former = merged.get(name);
    const saysMore = former === undefined || place.parts.some(({ schema }) => schema !== true);
    if (saysMore) {
      const known = former?.parts.every(({ schema }) => schema === true) === false;
      merged.set(name, former !== undefined && known ? together(former, place) : place);
    }
  }
  return merged;
}
