import {
  type JsonSchema,
  type JsonSchemaObject,
  referencedType,
  type TypeMap,
} from '../../config/model/json-schema.js';
import { composeShape, membersOf } from './compose.js';
import { schemaDoc } from './describe-schema.js';
import { literalType, propertyKey } from './literal.js';
import { emptyParts, type Parts } from './parts.js';
import { resolvePointer } from './pointer.js';
import { isBareReference, isComposed, isWide, ownTypes } from './schema-kind.js';
import { addOwnMembers, emptyShape, hasMembers, mergeShape, type Shape, type ShapeProperty } from './shape.js';
import { allowedValues, type Tags } from './tags.js';
import {
  arrayOf,
  BOOLEAN,
  intersection,
  NEVER,
  NULL,
  NUMBER,
  nullableScalars,
  type ObjectMember,
  objectType,
  reference,
  STRING,
  type TsType,
  type TupleElement,
  tuple,
  UNKNOWN,
  union,
} from './ts-type.js';

/** Types of the client library that translated types may name. */
export const INT64 = reference('Int64');
export const FILE_VALUE = reference('FileValue');

/** The schema that local pointers point into, and the local references that are being followed. */
export interface Scope {
  readonly root: JsonSchema;
  readonly open: ReadonlySet<JsonSchema>;
}

/** Objects within objects that are written out; deeper ones are only what they refer to. */
const MAX_DEPTH = 200;
/** Types in a row of which each extends the next; beyond it they are intersections, whose members nobody needs to know. */
const MAX_INHERITANCE = 64;

/** Translates JSON Schemas to TypeScript types. A reference to a named type becomes a reference to its identifier. */
export class Translator {
  readonly #types: TypeMap;
  readonly #identifiers: ReadonlyMap<string, string>;
  readonly #tags: Tags;
  readonly #titled: ReadonlyMap<JsonSchemaObject, string>;
  readonly #translated = new Map<JsonSchemaObject, TsType>();
  readonly #building = new Set<JsonSchemaObject>();
  readonly #shapes = new Map<string, Shape | undefined>();
  readonly #docs = new Map<JsonSchemaObject, readonly string[]>();
  readonly #members = new Map<JsonSchemaObject, { readonly name: string; readonly member: ObjectMember }>();
  #inheriting = 0;

  /**
   * @param identifiers of the named types
   * @param titled inline schemas that have an identifier of their own; see `titledTypes`
   */
  constructor(
    types: TypeMap,
    identifiers: ReadonlyMap<string, string>,
    tags: Tags,
    titled: ReadonlyMap<JsonSchemaObject, string>,
  ) {
    this.#types = types;
    this.#identifiers = identifiers;
    this.#tags = tags;
    this.#titled = titled;
  }

  identifier(type: string): string {
    return this.#identifiers.get(type) ?? 'unknown';
  }

  translate(schema: JsonSchema, scope: Scope): TsType {
    if (typeof schema === 'boolean') return schema ? UNKNOWN : NEVER;
    const titled = this.#titled.get(schema);
    if (titled !== undefined) return reference(titled);
    const simple = this.#simple(schema, scope);
    if (simple !== undefined) return simple;
    const known = this.#translated.get(schema);
    if (known !== undefined) return known;
    const parts = this.parts(schema, scope);
    if (this.#building.has(schema) || this.#building.size >= MAX_DEPTH) return this.#referencesOnly(parts);
    this.#building.add(schema);
    const type = this.#build(parts, scope);
    this.#building.delete(schema);
    if (scope.open.size === 0) this.#translated.set(schema, type);
    return type;
  }

  /** The type of a schema that is just a reference, an enumeration or one type that is no object: nearly all are. */
  #simple(schema: JsonSchemaObject, scope: Scope): TsType | undefined {
    if (isComposed(schema)) return undefined;
    const { $ref, type } = schema;
    if ($ref !== undefined) {
      const name = isBareReference(schema) ? referencedType($ref) : undefined;
      const identifier = name === undefined ? undefined : this.#identifiers.get(name);
      return identifier === undefined ? undefined : reference(identifier);
    }
    if (schema.const !== undefined) return literalType(schema.const);
    if (Array.isArray(schema.enum)) return union(schema.enum.map(literalType));
    if (Array.isArray(type)) return hasMembers(schema) ? undefined : nullableScalars.get(type.join());
    return type !== 'object' && type !== undefined ? this.#ownType(type, schema, scope) : undefined;
  }

  /** Whether a schema is sure to be written out as an object: it refers to nothing, and no title names it. */
  isOwnObject(schema: JsonSchema): boolean {
    if (typeof schema === 'boolean' || isComposed(schema) || this.#titled.has(schema)) return false;
    return schema.type === 'object' && (schema.$ref ?? schema.enum ?? schema.const) === undefined;
  }

  parts(schema: JsonSchema, scope: Scope): Parts {
    const parts = emptyParts();
    this.#collect(schema, parts, scope);
    return parts;
  }

  /** The doc comment of a schema. A title that has become the type's name does not say it again. */
  docOf(schema: JsonSchema): readonly string[] {
    if (typeof schema === 'boolean') return [];
    const known = this.#docs.get(schema);
    if (known !== undefined) return known;
    const doc = schemaDoc(schema, this.#titled.has(schema) ? undefined : schema.title);
    this.#docs.set(schema, doc);
    return doc;
  }

  /** A property as a member. Of a declaration, the same one each time: inputs and outputs have most of theirs in common. */
  member(name: string, { schema, literal }: ShapeProperty, optional: boolean, scope: Scope): ObjectMember {
    const make = (): ObjectMember => ({
      key: propertyKey(name),
      optional,
      type: literal ?? this.translate(schema, scope),
      doc: this.docOf(schema),
    });
    const within = this.#building.size > 0 || scope.open.size > 0;
    if (within || literal !== undefined || typeof schema === 'boolean') return make();
    const known = this.#members.get(schema);
    if (known?.name === name && known.member.optional === optional) return known.member;
    const member = make();
    this.#members.set(schema, { name, member });
    return member;
  }

  /** The members of a named type, those that it is composed of included; undefined when it is anything but one object. */
  shapeOf(type: string): Shape | undefined {
    if (this.#shapes.has(type)) return this.#shapes.get(type);
    this.#shapes.set(type, undefined);
    if (this.#inheriting >= MAX_INHERITANCE) return undefined;
    const schema = this.#types[type];
    if (schema === undefined) return undefined;
    const { references, shape, others, own } = this.parts(schema, { root: schema, open: new Set() });
    if (others.length > 0 || (own !== undefined && own.kind !== 'object')) return undefined;
    if (references.size === 0 && own === undefined) return undefined;
    const whole = emptyShape();
    for (const base of references) {
      this.#inheriting++;
      const members = this.shapeOf(base);
      this.#inheriting--;
      if (members === undefined) return undefined;
      mergeShape(whole, members);
    }
    mergeShape(whole, shape);
    this.addTags(type, whole);
    this.#shapes.set(type, whole);
    return whole;
  }

  /** The properties that tell a type apart in unions. */
  tagsOf(type: string): Iterable<string> {
    return this.#tags.get(type)?.keys() ?? [];
  }

  /** Gives a union's member the literal that tells it apart, where its own schema does not say it. */
  addTags(type: string, shape: Shape): void {
    for (const [property, values] of this.#tags.get(type) ?? []) {
      const schema = shape.properties.get(property)?.schema;
      const allowed = schema === undefined ? undefined : allowedValues(schema, this.#types);
      if (allowed === null) continue;
      const fitting = allowed === undefined ? values : values.filter((value) => allowed.includes(value));
      if (fitting.length === 0) continue;
      shape.properties.set(property, { schema: schema ?? true, literal: union(fitting.map(literalType)) });
      shape.required.add(property);
    }
  }

  /**
   * A schema that is met again within itself: it copies the members of a named type that has it as a member. Written out it
   * would have no end, so its inner occurrence is just the named types.
   */
  #referencesOnly({ references, others }: Parts): TsType {
    return intersection([...others, ...[...references].map((base) => reference(this.identifier(base)))]);
  }

  #build({ references, shape, others, own }: Parts, scope: Scope): TsType {
    const { bases, members } = composeShape(this, references, shape, scope);
    const types: TsType[] = [...others, ...bases.map((base) => reference(this.identifier(base)))];
    const described = members.properties.size > 0 || members.rest.length > 0;
    if (described || (types.length === 0 && own?.kind === 'object')) {
      const object = membersOf(this, members, scope);
      types.push(objectType(object.members, object.index));
    }
    return types.length === 0 ? (own ?? UNKNOWN) : intersection(types);
  }

  #collect(schema: JsonSchema, parts: Parts, scope: Scope): void {
    if (typeof schema === 'boolean') {
      if (!schema) parts.others.push(NEVER);
      return;
    }
    if (schema['x-smartwright-file'] === true) {
      parts.others.push(FILE_VALUE);
      return;
    }
    if (schema.$ref !== undefined) this.#collectReference(schema.$ref, parts, scope);
    for (const part of schema.allOf ?? []) this.#collect(part, parts, scope);
    for (const members of [schema.oneOf, schema.anyOf]) {
      const type = members === undefined ? UNKNOWN : union(members.map((member) => this.translate(member, scope)));
      if (type !== UNKNOWN) parts.others.push(type);
    }
    if (schema.const !== undefined) parts.others.push(literalType(schema.const));
    else if (Array.isArray(schema.enum)) parts.others.push(union(schema.enum.map(literalType)));
    else this.#collectOwn(schema, parts, scope);
  }

  #collectReference(ref: string, parts: Parts, scope: Scope): void {
    const name = referencedType(ref);
    if (name !== undefined) {
      if (this.#identifiers.has(name)) parts.references.add(name);
      return;
    }
    const target = resolvePointer(scope.root, ref);
    if (target === undefined || scope.open.has(target)) return;
    this.#collect(target, parts, { root: scope.root, open: new Set([...scope.open, target]) });
  }

  #collectOwn(schema: JsonSchemaObject, parts: Parts, scope: Scope): void {
    const types = ownTypes(schema);
    if (types.length === 1 && types[0] === 'object') {
      addOwnMembers(parts.shape, schema);
      parts.own = objectType([]);
    } else if (types.length === 0) {
      for (const name of schema.required ?? []) parts.shape.required.add(name);
    } else {
      const type = union(types.map((name) => this.#ownType(name, schema, scope)));
      if (hasMembers(schema)) parts.others.push(type);
      else parts.own = type;
    }
  }

  #ownType(type: string, schema: JsonSchemaObject, scope: Scope): TsType {
    switch (type) {
      case 'string':
        return STRING;
      case 'number':
        return NUMBER;
      case 'integer':
        return isWide(schema) ? INT64 : NUMBER;
      case 'boolean':
        return BOOLEAN;
      case 'null':
        return NULL;
      case 'array':
        return this.#array(schema, scope);
      case 'object': {
        const shape = emptyShape();
        addOwnMembers(shape, schema);
        const { members, index } = membersOf(this, shape, scope);
        return objectType(members, index);
      }
      default:
        return UNKNOWN;
    }
  }

  #array(schema: JsonSchemaObject, scope: Scope): TsType {
    const { prefixItems, items } = schema;
    if (prefixItems === undefined || prefixItems.length === 0) {
      return arrayOf(items === undefined ? UNKNOWN : this.translate(items, scope));
    }
    const least = schema.minItems ?? 0;
    const elements: TupleElement[] = prefixItems.map((item, position) => ({
      type: this.translate(item, scope),
      modifier: position < least ? '' : '?',
    }));
    const closed = items === false || (schema.maxItems !== undefined && schema.maxItems <= prefixItems.length);
    const rest = this.translate(items ?? true, scope);
    return tuple(closed ? elements : [...elements, { type: rest, modifier: '...' }]);
  }
}
