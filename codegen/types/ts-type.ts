/**
 * TypeScript types as data, between JSON Schema and text. Build them with the functions here: these keep unions and
 * intersections flat and free of duplicates, and know each type's one-line form.
 */

/** Longest line that is printed, as formatters are set up here. */
export const LINE_WIDTH = 120;

export type TsType = TextType | ReferenceType | UnionType | IntersectionType | ArrayType | TupleType | ObjectType;

interface Printable {
  /** The type on one line; undefined when it is too long for one, or has doc comments inside. */
  readonly flat: string | undefined;
}

/** A keyword, a literal, or a type of the client library. */
export interface TextType extends Printable {
  readonly kind: 'text';
  readonly text: string;
}

/** A declared type, by its identifier. */
export interface ReferenceType extends Printable {
  readonly kind: 'reference';
  readonly name: string;
}

export interface UnionType extends Printable {
  readonly kind: 'union';
  readonly members: readonly TsType[];
}

export interface IntersectionType extends Printable {
  readonly kind: 'intersection';
  readonly members: readonly TsType[];
}

export interface ArrayType extends Printable {
  readonly kind: 'array';
  readonly element: TsType;
}

export interface TupleType extends Printable {
  readonly kind: 'tuple';
  readonly elements: readonly TupleElement[];
}

export interface TupleElement {
  readonly type: TsType;
  readonly modifier: '' | '?' | '...';
}

export interface ObjectType extends Printable {
  readonly kind: 'object';
  readonly members: readonly ObjectMember[];
  /** The type of every member that is not named. */
  readonly index?: TsType;
}

export interface ObjectMember {
  /** As it is written: quoted where it must be. */
  readonly key: string;
  readonly optional: boolean;
  readonly type: TsType;
  /** The lines of its doc comment. */
  readonly doc: readonly string[];
}

export const text = (value: string): TextType => ({ kind: 'text', text: value, flat: value });

export const UNKNOWN = text('unknown');
export const NEVER = text('never');
export const NULL = text('null');
export const STRING = text('string');
export const NUMBER = text('number');
export const BOOLEAN = text('boolean');

export const reference = (name: string): ReferenceType => ({ kind: 'reference', name, flat: name });

/** The one-line form, when all parts have one and the whole fits a line. */
function joined(parts: readonly (string | undefined)[], separator: string): string | undefined {
  let length = 0;
  for (const part of parts) {
    if (part === undefined) return undefined;
    length += part.length + separator.length;
    if (length > LINE_WIDTH + separator.length) return undefined;
  }
  return parts.join(separator);
}

export function union(members: readonly TsType[]): TsType {
  const flattened = members.flatMap((member) => (member.kind === 'union' ? member.members : [member]));
  if (flattened.some((member) => member.flat === 'unknown')) return UNKNOWN;
  const distinct = withoutDuplicates(flattened.filter((member) => member.flat !== 'never'));
  const widest = dropLiteralsOf(distinct);
  const sorted = [...widest.filter((member) => member !== NULL), ...widest.filter((member) => member === NULL)];
  const [first] = sorted;
  if (first === undefined) return NEVER;
  if (sorted.length === 1) return first;
  return { kind: 'union', members: sorted, flat: joined(sorted.map(operand), ' | ') };
}

export function intersection(members: readonly TsType[]): TsType {
  const flattened = members.flatMap((member) => (member.kind === 'intersection' ? member.members : [member]));
  const distinct = withoutDuplicates(flattened.filter((member) => member.flat !== 'unknown'));
  const [first] = distinct;
  if (first === undefined) return UNKNOWN;
  if (distinct.length === 1) return first;
  const literals = distinct.filter(isLiteral);
  if (literals.length > 1)
    return intersection([commonLiterals(literals), ...distinct.filter((member) => !isLiteral(member))]);
  if (distinct.some((member) => member.flat === 'never')) return NEVER;
  return { kind: 'intersection', members: distinct, flat: joined(distinct.map(operand), ' & ') };
}

/** A literal value, or a choice of them. */
export const isLiteral = (type: TsType): boolean =>
  type.kind === 'union'
    ? type.members.every(isLiteral)
    : type.kind === 'text' && /^['"\d-]|^(?:true|false|null)$/.test(type.text);

function commonLiterals(types: readonly TsType[]): TsType {
  const [first, ...others] = types.map((type) => (type.kind === 'union' ? type.members : [type]));
  const common = first?.filter(({ flat }) => others.every((other) => other.some((member) => member.flat === flat)));
  return union(common ?? []);
}

export function arrayOf(element: TsType): ArrayType {
  const flat = needsParentheses(element) ? `(${element.flat})` : element.flat;
  return { kind: 'array', element, flat: element.flat === undefined ? undefined : `${flat}[]` };
}

export function tuple(elements: readonly TupleElement[]): TupleType {
  const inner = joined(elements.map(flatElement), ', ');
  return { kind: 'tuple', elements, flat: inner === undefined ? undefined : `[${inner}]` };
}

function flatElement({ type, modifier }: TupleElement): string | undefined {
  if (type.flat === undefined) return undefined;
  if (modifier === '...') return `...${arrayOf(type).flat}`;
  return modifier === '?' ? `${needsParentheses(type) ? `(${type.flat})` : type.flat}?` : type.flat;
}

export function objectType(members: readonly ObjectMember[], index?: TsType): ObjectType {
  const parts = members.map(({ key, optional, type, doc }) =>
    type.flat === undefined || doc.length > 0 ? undefined : `${key}${optional ? '?' : ''}: ${type.flat}`,
  );
  if (index !== undefined) parts.unshift(index.flat === undefined ? undefined : `[key: string]: ${index.flat}`);
  const inner = joined(parts, '; ');
  const flat = parts.length === 0 ? '{}' : inner === undefined ? undefined : `{ ${inner} }`;
  return index === undefined ? { kind: 'object', members, flat } : { kind: 'object', members, index, flat };
}

/** Whether a type needs parentheses as an array's element or beside a `?`. */
export function needsParentheses(type: TsType): boolean {
  return type.kind === 'union' || type.kind === 'intersection';
}

/** A member's one-line form within a union or an intersection. */
function operand(type: TsType): string | undefined {
  return needsParentheses(type) && type.flat !== undefined ? `(${type.flat})` : type.flat;
}

/** Types without a one-line form are kept as they are. */
function withoutDuplicates(members: readonly TsType[]): TsType[] {
  const seen = new Set<string>();
  return members.filter((member) => {
    if (member.flat === undefined) return true;
    if (seen.has(member.flat)) return false;
    seen.add(member.flat);
    return true;
  });
}

/** Types that can take others in. */
const WIDENING = ['string', 'number', 'Int64', 'boolean', 'true'];

/** `'a' | string` is `string`; `true | false` is `boolean`. */
function dropLiteralsOf(members: readonly TsType[]): TsType[] {
  const flats = new Set(members.map(({ flat }) => flat));
  if (!WIDENING.some((wide) => flats.has(wide))) return [...members];
  const both = flats.has('true') && flats.has('false');
  const dropped = (member: TsType): boolean => {
    if (member.kind !== 'text') return false;
    if (/^['"]/.test(member.text)) return flats.has('string');
    if (/^-?\d/.test(member.text)) return flats.has('number') || flats.has('Int64');
    if (member.text === 'number') return flats.has('Int64');
    if (member.text === 'false') return both || flats.has('boolean');
    return member.text === 'true' && !both && flats.has('boolean');
  };
  const kept = members.filter((member) => !dropped(member));
  return both ? withoutDuplicates(kept.map((member) => (member.flat === 'true' ? BOOLEAN : member))) : kept;
}

/** Calls `visit` with the identifier of each declared type that a type refers to. */
export function visitReferences(type: TsType, visit: (name: string) => void): void {
  switch (type.kind) {
    case 'text':
      return;
    case 'reference':
      visit(type.name);
      return;
    case 'union':
    case 'intersection':
      for (const member of type.members) visitReferences(member, visit);
      return;
    case 'array':
      visitReferences(type.element, visit);
      return;
    case 'tuple':
      for (const element of type.elements) visitReferences(element.type, visit);
      return;
    case 'object':
      for (const member of type.members) visitReferences(member.type, visit);
      if (type.index !== undefined) visitReferences(type.index, visit);
  }
}

/** Columns that text takes: East Asian wide characters take two (UAX #11). */
export function textWidth(value: string): number {
  return value.length + (value.match(WIDE)?.length ?? 0);
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/g;

/** The choices of types that are nearly all there are: a scalar or null, by the names of the schema. */
export const nullableScalars: ReadonlyMap<string, TsType> = new Map(
  (
    [
      ['string', STRING],
      ['number', NUMBER],
      ['boolean', BOOLEAN],
    ] as const
  ).flatMap(([name, type]) => [
    [`${name},null`, union([type, NULL])],
    [`null,${name}`, union([NULL, type])],
  ]),
);
