import {
  type JsonSchema,
  type JsonSchemaObject,
  referencedType,
  typeReference,
} from '../../../config/model/json-schema.js';
import {
  isRawObject,
  type Located,
  member,
  pointerSegments,
  put,
  type RawObject,
  rawArray,
  rawObject,
  type Site,
} from '../load/index.js';
import { isStructural } from './annotations.js';
import { discriminatorOf, discriminatorValueOf, type RawDiscriminator, type Subtype } from './subtypes.js';
import { referenceOf, type Types } from './types.js';

/**
 * `oneOf` and `anyOf`, both as `anyOf`: descriptors write `oneOf` for schemas that overlap, and a validator would then refuse
 * what the service takes. Alternatives that differ only in what they require are left to the service.
 */
export function unionOf(types: Types, raw: RawObject, site: Site, depth: number): JsonSchemaObject | undefined {
  const discriminator = discriminatorOf(raw);
  const unions = (['oneOf', 'anyOf'] as const)
    .map((keyword) => one(types, raw, keyword, discriminator, site, depth))
    .filter((union) => union !== undefined);
  const [first, second] = unions;
  return first && second ? { allOf: [first, second] } : first;
}

function one(
  types: Types,
  raw: RawObject,
  keyword: 'oneOf' | 'anyOf',
  discriminator: RawDiscriminator | undefined,
  site: Site,
  depth: number,
): JsonSchemaObject | undefined {
  const alternatives = rawArray(raw[keyword]);
  if (alternatives.length === 0 || alternatives.every(onlyRequires)) return undefined;
  const members: JsonSchema[] = [];
  const values = new Map<string, string>();
  for (const [index, value] of alternatives.entries()) {
    const schema = types.part(site, depth, value, keyword, index);
    members.push(schema);
    const name = typeof schema === 'object' && schema.$ref !== undefined ? referencedType(schema.$ref) : undefined;
    if (name !== undefined && discriminator !== undefined && isRawObject(value)) {
      for (const tag of tagsOf(types, value, discriminator, site)) values.set(tag, name);
    }
  }
  const union: JsonSchemaObject = { anyOf: unique(members) };
  if (discriminator !== undefined) union.discriminator = annotation(discriminator.propertyName, values);
  return union;
}

/**
 * A schema whose discriminator tells its subtypes apart: the union of all of them and of itself, unless its mapping leaves it
 * out. OpenAPI 3.1 §4.8.25, Swagger 2.0 "Models with Polymorphism Support".
 */
export function composeUnion(types: Types, located: Located, subtypes: readonly Subtype[]): JsonSchemaObject {
  const raw = rawObject(located.value);
  const discriminator = discriminatorOf(raw) ?? { propertyName: '', mapping: {} };
  const tags = new Map<unknown, string[]>();
  for (const [tag, target] of Object.entries(discriminator.mapping)) {
    const value = mapped(types, target, located.site)?.value;
    tags.set(value, [...(tags.get(value) ?? []), tag]);
  }
  const members: JsonSchema[] = [];
  const values = new Map<string, string>();
  const own: Subtype = { name: pointerSegments(located.site.pointer).at(-1) ?? '', located };
  const isMapped = tags.size > 0;
  for (const subtype of [...subtypes, own]) {
    const explicit = tags.get(subtype.located.value);
    if (subtype === own && isMapped && explicit === undefined) continue;
    const name = types.named(subtype.located, 'base');
    members.push(typeReference(name));
    for (const tag of explicit ?? [discriminatorValueOf(subtype.located.value) ?? subtype.name]) {
      if (!values.has(tag)) values.set(tag, name);
    }
  }
  const union: JsonSchemaObject = {
    anyOf: unique(members),
    discriminator: annotation(discriminator.propertyName, values),
  };
  for (const key of ['title', 'description'] as const) {
    const text = raw[key];
    if (typeof text === 'string') union[key] = text;
  }
  return union;
}

/** The values of the discriminator that stand for a member of a union: the mapping's, else the component's name. */
function tagsOf(types: Types, value: RawObject, discriminator: RawDiscriminator, site: Site): string[] {
  const target = types.target(value, site);
  if (target === undefined) return [];
  const explicit = Object.entries(discriminator.mapping).filter(
    ([, to]) => to === value.$ref || mapped(types, to, site)?.value === target.value,
  );
  if (explicit.length > 0) return explicit.map(([tag]) => tag);
  const ref = referenceOf(value) ?? '';
  const name = pointerSegments(`/${ref.slice(ref.indexOf('#') + 1)}`).at(-1) ?? '';
  return [discriminatorValueOf(target.value) ?? name];
}

/** What a mapping's target names: a component by name, or else a reference. */
function mapped(types: Types, target: string, site: Site): Located | undefined {
  const schemas = rawObject(rawObject(rawObject(site.document.root).components).schemas);
  const byName = member(schemas, target) !== undefined;
  const $ref = byName ? `#/components/schemas/${target}` : target;
  const found = types.documents.resolve($ref, site);
  return found && isRawObject(found.value) ? types.target(found.value, found.site) : found;
}

function annotation(
  propertyName: string,
  values: ReadonlyMap<string, string>,
): NonNullable<JsonSchemaObject['discriminator']> {
  if (values.size === 0) return { propertyName };
  const mapping: Record<string, string> = {};
  for (const [tag, name] of values) put(mapping, tag, name);
  return { propertyName, mapping };
}

function onlyRequires(value: unknown): boolean {
  if (!isRawObject(value)) return false;
  const structural = Object.keys(value).filter(isStructural);
  return (
    structural.includes('required') &&
    structural.every((key) => key === 'required' || (key === 'type' && value.type === 'object'))
  );
}

function unique(members: readonly JsonSchema[]): JsonSchema[] {
  const seen = new Set<string>();
  return members.filter((schema) => {
    const key = JSON.stringify(schema);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
