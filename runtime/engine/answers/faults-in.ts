import type { FieldError } from '../../../config/model/errors.js';
import { type JsonSchema, type JsonSchemaObject, referencedType } from '../../../config/model/json-schema.js';
import { constraints } from './constraints.js';
import { fieldError, type Path } from './path.js';

/** What a check needs and what it found. */
export interface Check {
  /** The named types that are at hand. */
  readonly types: ReadonlyMap<string, JsonSchema>;
  /** Named types that were met and are not at hand; what they describe counts as valid. */
  readonly missing: Set<string>;
  readonly faults: FieldError[];
  /** Values and schemas that may still be looked at; the rest counts as valid. */
  left: number;
}

/** Faults that are told of one answer. */
const MOST_FAULTS = 20;
/** Levels of values and schemas within one another. */
const DEEPEST = 300;

/**
 * Looks for what in a value breaks a schema (JSON Schema 2020-12; `format` is an annotation there, §7.2.1, and is not looked at).
 *
 * It reads schemas as they are. A validator that compiles them takes longer than the call for the large recursive types of
 * some services, and wants all of them at once; this one looks at those that the value reaches, and can stop at any time.
 */
export function checkValue(check: Check, value: unknown, schema: JsonSchema, path?: Path): void {
  visit(check, value, schema, { path, root: schema, depth: 0 });
}

interface Place {
  readonly path: Path | undefined;
  /** What a local pointer is resolved in: the method's schema, or the named type around. */
  readonly root: JsonSchema;
  readonly depth: number;
}

function visit(check: Check, value: unknown, schema: JsonSchema, place: Place): void {
  if (schema === true || check.faults.length >= MOST_FAULTS || check.left-- <= 0 || place.depth > DEEPEST) return;
  if (schema === false) {
    report(check, place, 'must not be there');
    return;
  }
  if (schema.$ref !== undefined) follow(check, value, schema.$ref, place);
  for (const keyword in schema) {
    const constraint = constraints[keyword];
    const message = constraint?.(value, schema);
    if (message !== undefined) report(check, place, message);
  }
  compose(check, value, schema, place);
  if (Array.isArray(value)) visitItems(check, value, schema, place);
  else if (typeof value === 'object' && value !== null) visitMembers(check, value as Members, schema, place);
}

type Members = Readonly<Record<string, unknown>>;

function report(check: Check, { path }: Place, message: string): void {
  check.faults.push(fieldError(path, message));
}

function follow(check: Check, value: unknown, ref: string, place: Place): void {
  const name = referencedType(ref);
  const depth = place.depth + 1;
  if (name === undefined) {
    const target = pointed(place.root, ref);
    if (target !== undefined) visit(check, value, target, { ...place, depth });
    return;
  }
  const type = check.types.get(name);
  if (type === undefined) check.missing.add(name);
  else visit(check, value, type, { path: place.path, root: type, depth });
}

/** The schema at a local pointer such as `#/$defs/Tag`. */
function pointed(root: JsonSchema, ref: string): JsonSchema | undefined {
  let target: unknown = root;
  for (const step of ref.split('/').slice(1)) {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    target =
      typeof target === 'object' && target !== null && Object.hasOwn(target, name)
        ? (target as Members)[name]
        : undefined;
  }
  return target as JsonSchema | undefined;
}

function compose(
  check: Check,
  value: unknown,
  { allOf, anyOf, oneOf, not, if: condition, ...rest }: JsonSchemaObject,
  place: Place,
): void {
  const inside = { ...place, depth: place.depth + 1 };
  for (const part of allOf ?? []) visit(check, value, part, inside);
  if (anyOf !== undefined) choose(check, value, anyOf, inside);
  if (oneOf !== undefined && choose(check, value, oneOf, inside) > 1)
    report(check, place, 'fits more than one of the alternatives');
  if (not !== undefined && fits(check, value, not, inside)) report(check, place, 'is what it must not be');
  if (condition === undefined) return;
  const branch = fits(check, value, condition, inside) ? rest.then : rest.else;
  if (branch !== undefined) visit(check, value, branch, inside);
}

/**
 * Reports that no alternative fits; the faults of the only one that comes into question say more than that.
 *
 * @returns how many fit
 */
function choose(check: Check, value: unknown, alternatives: readonly JsonSchema[], place: Place): number {
  const tried = alternatives.map((alternative) => attempt(check, value, alternative, place));
  const fitting = tried.filter((faults) => faults.length === 0).length;
  if (tried.length === 0 || fitting > 0) return fitting;
  const meant = tried.filter((_, index) => !isNull(alternatives[index]));
  const [only = []] = meant;
  if (meant.length === 1) check.faults.push(...only);
  else report(check, place, `fits none of the ${alternatives.length} alternatives`);
  return 0;
}

const isNull = (schema: JsonSchema | undefined): boolean => typeof schema === 'object' && schema.type === 'null';

const fits = (check: Check, value: unknown, schema: JsonSchema, place: Place): boolean =>
  attempt(check, value, schema, place).length === 0;

function attempt(check: Check, value: unknown, schema: JsonSchema, place: Place): readonly FieldError[] {
  const own: Check = { types: check.types, missing: check.missing, faults: [], left: check.left };
  visit(own, value, schema, place);
  check.left = own.left;
  return own.faults;
}

function visitItems(check: Check, items: readonly unknown[], schema: JsonSchemaObject, place: Place): void {
  const { prefixItems = [], items: others, contains } = schema;
  items.forEach((item, index) => {
    const itemSchema = prefixItems[index] ?? others;
    if (itemSchema !== undefined) visit(check, item, itemSchema, below(place, index));
  });
  if (contains !== undefined && !items.some((item, index) => fits(check, item, contains, below(place, index))))
    report(check, place, 'lacks an item that it must contain');
}

function visitMembers(check: Check, members: Members, schema: JsonSchemaObject, place: Place): void {
  const { properties = {}, patternProperties = {}, additionalProperties = true, propertyNames } = schema;
  const patterns = Object.entries(patternProperties);
  if (additionalProperties === true && patterns.length === 0 && propertyNames === undefined) {
    for (const name in properties) {
      const property = properties[name];
      if (property !== undefined && Object.hasOwn(members, name) && members[name] !== undefined)
        visit(check, members[name], property, below(place, name));
    }
    return;
  }
  for (const [name, member] of Object.entries(members)) {
    if (member === undefined) continue;
    const inside = below(place, name);
    const described = patterns.filter(([pattern]) => matches(pattern, name)).map(([, described]) => described);
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property !== undefined) described.push(property);
    for (const part of described.length === 0 ? [additionalProperties] : described) visit(check, member, part, inside);
    if (propertyNames !== undefined) visit(check, name, propertyNames, inside);
  }
}

function below({ path, root, depth }: Place, step: string | number): Place {
  return { path: { outer: path, step }, root, depth: depth + 1 };
}

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(name);
  } catch {
    return true;
  }
}
