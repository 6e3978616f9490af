import { propertyKey } from './literal.js';
import { printType } from './print-type.js';
import { emptyShape, mergeShape, type Shape, type ShapeProperty } from './shape.js';
import type { Scope, Translator } from './translate.js';
import { type ObjectMember, STRING, type TsType, text, UNKNOWN, union } from './ts-type.js';

/** An object composed of named types: the ones that it extends, and its own members. */
export interface Composition {
  readonly bases: readonly string[];
  readonly members: Shape;
}

/**
 * Divides an object into named types to extend and members of its own. A named type that would contradict the members, or
 * another named type, is taken apart: its members are copied, and what is nearer wins. So a composition always compiles.
 */
export function composeShape(
  translator: Translator,
  references: Iterable<string>,
  own: Shape,
  scope: Scope,
): Composition {
  let bases = [...references];
  if (bases.length === 0) return { bases, members: own };
  if (bases.length === 1 && own.properties.size === 0 && own.required.size === 0 && own.rest.length === 0)
    return { bases, members: own };
  let members = withInheritedRequired(translator, bases, own);
  if (bases.length > MOST_BASES || hasTypedRest(own) || bases.some((base) => hasTypedRest(translator.shapeOf(base)))) {
    const foldable = bases.filter((base) => translator.shapeOf(base) !== undefined);
    for (const base of foldable) members = fold(translator, base, members);
    bases = bases.filter((base) => !foldable.includes(base));
  }
  for (let position = 0; position < bases.length; ) {
    const base = bases[position] ?? '';
    if (contradicts(translator, base, members, bases.slice(0, position), scope)) {
      members = fold(translator, base, members);
      bases = bases.filter((other) => other !== base);
      position = 0;
    } else position++;
  }
  return { bases, members: withoutRepeats(translator, bases, members, scope) };
}

/** An object of more named types than this takes all of them apart: which ones agree is not worth finding out. */
const MOST_BASES = 20;

/** Whether members that are not named must have a type: an interface with such members cannot be extended freely. */
const hasTypedRest = (shape: Shape | undefined): boolean =>
  shape?.rest.some((schema) => typeof schema === 'object') ?? false;

/** What a named type requires is required also where the member is described anew. */
function withInheritedRequired(translator: Translator, bases: readonly string[], own: Shape): Shape {
  const members = emptyShape();
  mergeShape(members, own);
  for (const base of bases) {
    for (const name of translator.shapeOf(base)?.required ?? [])
      if (own.properties.has(name)) members.required.add(name);
  }
  return members;
}

function fold(translator: Translator, base: string, members: Shape): Shape {
  const folded = emptyShape();
  const inherited = translator.shapeOf(base);
  if (inherited !== undefined) mergeShape(folded, inherited);
  mergeShape(folded, members);
  return folded;
}

function contradicts(
  translator: Translator,
  base: string,
  own: Shape,
  others: readonly string[],
  scope: Scope,
): boolean {
  const inherited = translator.shapeOf(base);
  if (inherited === undefined) return false;
  for (const [name, property] of inherited.properties) {
    const mine = own.properties.get(name);
    const elsewhere = others.map((other) => translator.shapeOf(other)).filter((shape) => shape?.properties.has(name));
    if (mine === undefined && elsewhere.length === 0) continue;
    const type = typeOf(translator, property, scope);
    if (mine !== undefined) {
      const narrower = typeOf(translator, mine, scope);
      if (!sameType(type, narrower) && !(isText(narrower) && sameType(type, STRING))) return true;
    }
    for (const shape of elsewhere) {
      const same = shape?.properties.get(name);
      if (shape === undefined || same === undefined) continue;
      if (!sameType(type, typeOf(translator, same, scope)) || shape.required.has(name) !== inherited.required.has(name))
        return true;
    }
  }
  return false;
}

/** Leaves out what the bases say already, and repeats an optional member of a base that is required here. */
function withoutRepeats(translator: Translator, bases: readonly string[], own: Shape, scope: Scope): Shape {
  const kept = emptyShape();
  mergeShape(kept, own);
  for (const base of bases) {
    const inherited = translator.shapeOf(base);
    if (inherited === undefined) continue;
    for (const [name, property] of inherited.properties) {
      const mine = kept.properties.get(name);
      const tightened = kept.required.has(name) && !inherited.required.has(name);
      if (mine === undefined && tightened) kept.properties.set(name, property);
      if (mine === undefined || tightened) continue;
      if (sameType(typeOf(translator, mine, scope), typeOf(translator, property, scope))) kept.properties.delete(name);
    }
    for (const name of inherited.properties.keys()) if (!kept.properties.has(name)) kept.required.delete(name);
  }
  return kept;
}

function typeOf(translator: Translator, property: ShapeProperty, scope: Scope): TsType {
  return property.literal ?? translator.translate(property.schema, scope);
}

const isText = (type: TsType): boolean =>
  type.kind === 'union' ? type.members.every(isText) : type.kind === 'text' && /^['"]/.test(type.text);

function sameType(one: TsType, other: TsType): boolean {
  if (one === other) return true;
  if (one.flat !== undefined || other.flat !== undefined) return one.flat === other.flat;
  const at = { indent: 0, column: 0, trailing: 0 };
  return one.kind === other.kind && printType(one, at) === printType(other, at);
}

/** The members of an object type. A member that is required and not described is `unknown`. */
export function membersOf(
  translator: Translator,
  shape: Shape,
  scope: Scope,
): { members: ObjectMember[]; index?: TsType } {
  const members: ObjectMember[] = [];
  for (const [name, property] of shape.properties) {
    members.push(translator.member(name, property, !shape.required.has(name), scope));
  }
  for (const name of shape.required) {
    if (shape.properties.has(name)) continue;
    members.push({ key: propertyKey(name), optional: false, type: UNKNOWN, doc: [] });
  }
  const index = indexOf(translator, shape, members, scope);
  return index === undefined ? { members } : { members, index };
}

/**
 * The type of members that are not named. TypeScript asks that it admits the named ones too; where it would not, it is
 * `unknown`.
 */
function indexOf(
  translator: Translator,
  shape: Shape,
  members: readonly ObjectMember[],
  scope: Scope,
): TsType | undefined {
  if (shape.rest.length === 0) return members.length === 0 ? UNKNOWN : undefined;
  const type = union(shape.rest.map((schema) => translator.translate(schema, scope)));
  if (members.length === 0) return type;
  if (type.flat === 'never') return undefined;
  if (!members.every((member) => sameType(member.type, type))) return UNKNOWN;
  return members.some(({ optional }) => optional) ? union([type, text('undefined')]) : type;
}
