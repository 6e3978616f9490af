import type { JsonSchema } from '../../config/model/json-schema.js';
import { composeShape, membersOf } from './compose.js';
import { literalType, propertyKey } from './literal.js';
import { emptyShape, mergeShape, type Shape } from './shape.js';
import type { Translator } from './translate.js';
import { intersection, type ObjectMember, reference, type TsType } from './ts-type.js';

/** A named TypeScript type: an interface for an object, an alias for everything else. */
export type Declaration = InterfaceDeclaration | AliasDeclaration;

export interface InterfaceDeclaration {
  readonly kind: 'interface';
  readonly name: string;
  readonly doc: readonly string[];
  /** Identifiers. */
  readonly bases: readonly string[];
  readonly members: readonly ObjectMember[];
  readonly index?: TsType;
}

export interface AliasDeclaration {
  readonly kind: 'alias';
  readonly name: string;
  readonly doc: readonly string[];
  readonly type: TsType;
  /** An enumeration whose values have names: these become a constant of the same name. */
  readonly values?: readonly EnumValue[];
}

export interface EnumValue {
  /** As it is written: quoted where it must be. */
  readonly key: string;
  readonly literal: string;
}

/**
 * Declares a schema under an identifier.
 *
 * @param type the schema's name among the instance's types, when it has one
 */
export function declare(translator: Translator, name: string, schema: JsonSchema, type?: string): Declaration {
  const scope = { root: schema, open: new Set<JsonSchema>() };
  const doc = translator.docOf(schema);
  const alias = (): AliasDeclaration => {
    const values = enumValues(schema);
    const type = translator.translate(schema, scope);
    return { kind: 'alias', name, doc, type, ...(values === undefined ? {} : { values }) };
  };

  const { references, shape, others, own } = translator.parts(schema, scope);
  if (others.length > 0 || (own !== undefined && own.kind !== 'object')) return alias();
  if ([...references].some((base) => translator.shapeOf(base) === undefined)) return alias();
  const tagged = withTags(translator, shape, type);
  if (own === undefined && (references.size === 0 || tagged.properties.size === 0)) return alias();

  const { bases, members: kept } = composeShape(translator, references, tagged, scope);
  if (kept.properties.size === 0 && bases.length > 0) {
    const types = bases.map((base) => reference(translator.identifier(base)));
    return { kind: 'alias', name, doc, type: intersection(types) };
  }
  const { members, index } = membersOf(translator, kept, scope);
  const identifiers = bases.map((base) => translator.identifier(base));
  const declared = { kind: 'interface', name, doc, bases: identifiers, members } as const;
  return index === undefined ? declared : { ...declared, index };
}

/** The named values of an enumeration, where each has a name of its own. */
function enumValues(schema: JsonSchema): EnumValue[] | undefined {
  if (typeof schema === 'boolean' || !Array.isArray(schema.enum)) return undefined;
  const names = schema['x-enum-varnames'];
  if (names?.length !== schema.enum.length || new Set(names).size !== names.length) return undefined;
  const values = schema.enum.map((value, position) => ({
    key: propertyKey(names[position] ?? ''),
    literal: literalType(value).flat,
  }));
  return values.every((value): value is EnumValue => value.literal !== undefined) ? values : undefined;
}

/** The members with the literals that tell the type apart in unions, these first. */
function withTags(translator: Translator, shape: Shape, type: string | undefined): Shape {
  const names = type === undefined ? [] : [...translator.tagsOf(type)];
  if (type === undefined || names.length === 0) return shape;
  const whole = translator.shapeOf(type);
  const tags = emptyShape();
  for (const name of names) {
    const property = whole?.properties.get(name);
    if (property?.literal === undefined) continue;
    tags.properties.set(name, property);
    tags.required.add(name);
  }
  const tagged = emptyShape();
  for (const part of [tags, shape, tags]) mergeShape(tagged, part);
  return tagged;
}
