import { jsonPointer } from '../json-pointer.js';
import type { JsonSchema } from '../json-schema.js';
import { compareChoices } from './choices.js';
import { constraintChanges } from './constraints.js';
import type { Direction, SchemaChangeCode } from './impact.js';
import { listed, shown, typeText } from './phrases.js';
import { nearest, type Place, pointerOf } from './schema-place.js';
import type { Shape } from './shape.js';
import type { Shapes } from './shapes.js';

/** One value's description, before or after. */
export interface Side {
  readonly place: Place;
  readonly shape: Shape;
  readonly shapes: Shapes;
}

/** Two descriptions of one value, and what is done with what differs. */
export interface Comparison {
  readonly former: Side;
  readonly latter: Side;
  readonly direction: Direction;
  /** @param text the end of a sentence that begins with what is at the pointer */
  found(code: SchemaChangeCode, pointer: string, text: string): void;
  /** Compares a part of the value. */
  descend(former: Place, latter: Place): void;
}

/** Finds what differs in what is said of one value, null aside. Its parts are left to `descend`. */
export function compareShapes(comparison: Comparison): void {
  const { former, latter } = comparison;
  if (!compareTypes(comparison)) return;
  compareValues(comparison);
  if (former.shape.choices.length + latter.shape.choices.length > 0 && !compareChoices(comparison)) return;
  compareMembers(comparison);
  compareItems(comparison);
  const here = pointerOf(latter.place);
  for (const { keyword, code, before, after } of constraintChanges(
    former.shape.constraints,
    latter.shape.constraints,
  )) {
    comparison.found(code, here, `has ${keyword} ${shown(after)}; it was ${shown(before)}`);
  }
}

/** Whether there is any use in looking further. */
function compareTypes({ former, latter, found }: Comparison): boolean {
  const [before, after] = [former.shape.types, latter.shape.types];
  if (before === undefined && after === undefined) return true;
  const here = pointerOf(latter.place);
  const text = `is ${typeText(after)} now; it was ${typeText(before)}`;
  if (before === undefined || after === undefined) {
    found(before === undefined ? 'TYPE_NARROWED' : 'TYPE_WIDENED', here, text);
    return false;
  }
  const lost = [...before].some((type) => !takes(after, type));
  const won = [...after].some((type) => !takes(before, type));
  if (lost && won) found('TYPE_CHANGED', here, text);
  else if (lost) found('TYPE_NARROWED', here, text);
  else if (won) found('TYPE_WIDENED', here, text);
  return [...before].some((type) => takes(after, type)) || [...after].some((type) => takes(before, type));
}

const takes = (types: ReadonlySet<string>, type: string): boolean =>
  types.has(type) || (type === 'integer' && types.has('number'));

function compareValues({ former, latter, found }: Comparison): void {
  const [before, after] = [former.shape.values, latter.shape.values];
  const here = pointerOf(latter.place);
  if (before === undefined && after === undefined) return;
  if (before === undefined) found('VALUES_CLOSED', here, `is one of ${listed(after)} now; it could be any value`);
  else if (after === undefined) found('VALUES_OPENED', here, `can be any value now; it was one of ${listed(before)}`);
  else {
    const removed = [...before].filter((value) => !after.has(value));
    const added = [...after].filter((value) => !before.has(value));
    if (removed.length > 0) found('VALUES_REMOVED', here, `can no longer be ${listed(removed)}`);
    if (added.length > 0) found('VALUES_ADDED', here, `can be ${listed(added)} now`);
  }
}

function compareMembers(comparison: Comparison): void {
  const { former, latter, direction, found, descend } = comparison;
  const taken = direction === 'input';
  for (const name of new Set([...former.shape.properties.keys(), ...latter.shape.properties.keys()])) {
    const before = memberOf(former.shape, name);
    const after = memberOf(latter.shape, name);
    const [was, is] = [former.shape.required.has(name), latter.shape.required.has(name)];
    if (before === undefined || after === undefined) {
      const here = pointerOf(before ?? after ?? latter.place);
      if (after === undefined) found('PROPERTY_REMOVED', here, taken ? 'is no longer taken' : 'is no longer given');
      else if (is && taken) found('REQUIRED_PROPERTY_ADDED', here, 'is new, and required');
      else found('PROPERTY_ADDED', here, 'is new');
      continue;
    }
    const here = pointerOf(after);
    if (!was && is) found('BECAME_REQUIRED', here, taken ? 'is required now' : 'is always there now');
    if (was && !is) found('BECAME_OPTIONAL', here, taken ? 'is no longer required' : 'may be missing now');
    compareNotes(comparison, before, after);
    descend(before, after);
  }
  compareOpenness(comparison);
}

/** What is said of a member: by its name, or as of any other. */
const memberOf = ({ properties, additional }: Shape, name: string): Place | undefined =>
  properties.get(name) ?? additional;

/** What is said of members that have no description of their own. */
function compareOpenness({ former, latter, found, descend }: Comparison): void {
  const here = pointerOf(latter.place);
  if (!former.shape.closed && latter.shape.closed)
    found('OBJECT_CLOSED', here, 'has no members any more that are not described');
  if (former.shape.closed && !latter.shape.closed)
    found('OBJECT_OPENED', here, 'can have members now that are not described');
  if (!former.shape.closed && !latter.shape.closed) {
    const [before, after] = [former.shape.additional, latter.shape.additional];
    if (before !== undefined || after !== undefined)
      descend(
        before ?? unsaid(former.place, 'additionalProperties'),
        after ?? unsaid(latter.place, 'additionalProperties'),
      );
  }
  for (const [pattern, place] of former.shape.patterns) {
    const next = latter.shape.patterns.get(pattern);
    if (next === undefined) found('PROPERTY_REMOVED', pointerOf(place), 'is no longer described');
    else descend(place, next);
  }
  for (const [pattern, place] of latter.shape.patterns) {
    if (!former.shape.patterns.has(pattern)) found('PROPERTY_ADDED', pointerOf(place), 'is new');
  }
}

function compareItems({ former, latter, descend }: Comparison): void {
  const item = ({ shape, place }: Side, index: number): Place =>
    shape.prefix[index] ?? shape.items ?? unsaid(place, 'prefixItems', index);
  const count = Math.max(former.shape.prefix.length, latter.shape.prefix.length);
  for (let index = 0; index < count; index++) descend(item(former, index), item(latter, index));
  const [before, after] = [former.shape.items, latter.shape.items];
  if (before === undefined && after === undefined) return;
  descend(before ?? unsaid(former.place, 'items'), after ?? unsaid(latter.place, 'items'));
}

/** A part of a value of which nothing is said. */
function unsaid(place: Place, ...steps: (string | number)[]): Place {
  const { root, path } = nearest(place);
  return { parts: [{ schema: true, root, path: path + jsonPointer(steps) }] };
}

/** Annotations that tell a caller to do something else. */
function compareNotes({ direction, found }: Comparison, former: Place, latter: Place): void {
  const [before, after] = [annotations(former), annotations(latter)];
  if (before.deprecated !== true && after.deprecated === true)
    found('DEPRECATED', pointerOf(latter), 'is deprecated now');
  if (direction === 'output') return;
  const [was, is] = [JSON.stringify(before.default), JSON.stringify(after.default)];
  if (was !== is)
    found(
      'DEFAULT_CHANGED',
      pointerOf(latter),
      `is ${is ?? 'nothing'} when it is left out; it was ${was ?? 'nothing'}`,
    );
}

function annotations(place: Place): { readonly deprecated?: boolean; readonly default?: unknown } {
  const schema: JsonSchema = nearest(place).schema;
  return typeof schema === 'object' ? schema : {};
}
