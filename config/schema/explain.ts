import type { DefinedError, ErrorObject } from 'ajv/dist/2020.js';
import type { FieldError } from '../model/errors.js';
import { jsonPointer } from '../model/json-pointer.js';
import type { JsonSchemaObject } from '../model/json-schema.js';
import { explainBound } from './bounds.js';
import { faultOfFormat } from './formats.js';
import { nearest } from './nearest.js';

/** Keywords whose failure says only that a subschema failed, which has an error of its own. */
const summaries = new Set(['if', 'allOf', 'anyOf', 'oneOf', 'not', 'false schema']);

/**
 * Says for people what ajv found. The errors must have been made with `verbose`. A value at a secret's place is never
 * repeated.
 */
export function explain(errors: readonly ErrorObject[]): FieldError[] {
  const told = errors.filter((error) => !summaries.has(error.keyword) && !isRequiredTag(error, errors));
  return (told.length > 0 ? told : errors).map((error) => explainOne(error as DefinedError & ErrorObject));
}

function explainOne(error: DefinedError & ErrorObject): FieldError {
  const at = error.instancePath;
  const schema = (error.parentSchema ?? {}) as JsonSchemaObject;
  const value = (): string => (schema.writeOnly === true ? 'the value' : JSON.stringify(error.data));
  const own = (message: string): FieldError => ({ pointer: at, message });

  switch (error.keyword) {
    case 'required':
      return own(`"${error.params.missingProperty}" is missing`);
    case 'additionalProperties': {
      const name = error.params.additionalProperty;
      return { pointer: at + jsonPointer([name]), message: unknownMember(name, Object.keys(schema.properties ?? {})) };
    }
    case 'type':
      return own(wrongType(schema, error.data));
    case 'enum':
      return own(noneOf(value(), String(error.data), error.params.allowedValues));
    case 'const':
      return own(
        error.params.allowedValue === 'stored'
          ? 'a secret is a text, or { secret: stored } to keep the stored one'
          : `must be ${JSON.stringify(error.params.allowedValue)}`,
      );
    case 'pattern':
      return own(`${value()} is not allowed${schema.description === undefined ? '' : `. ${schema.description}`}`);
    case 'format': {
      const fault = faultOfFormat[error.params.format]?.(String(error.data));
      return own(`${value()} ${fault ?? `is not a valid ${error.params.format}`}`);
    }
    case 'uniqueItems':
      return own(`items ${error.params.j + 1} and ${error.params.i + 1} are the same; remove one`);
    case 'discriminator':
      return explainTag(error);
    default:
      return own(explainBound(error) ?? `${value()} ${error.message ?? 'is not valid'}`);
  }
}

/** A tag that is missing is told by `required`, where the schema says so. */
function isRequiredTag({ keyword, instancePath, params }: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (keyword !== 'discriminator' || params.tagValue !== undefined) return false;
  return errors.some(
    (other) =>
      other.keyword === 'required' &&
      other.instancePath === instancePath &&
      other.params.missingProperty === params.tag,
  );
}

/** An object whose variant is named by one of its members, and that member has no known value. */
function explainTag(error: ErrorObject): FieldError {
  const { tag, tagValue } = error.params as { tag: string; tagValue: unknown };
  const variants = ((error.parentSchema ?? {}) as JsonSchemaObject).oneOf ?? [];
  const known = variants.flatMap((variant) => {
    const member = typeof variant === 'object' ? variant.properties?.[tag] : undefined;
    return typeof member === 'object' && member.const !== undefined ? [member.const] : [];
  });
  const pointer = error.instancePath + jsonPointer([tag]);
  if (tagValue === undefined) return { pointer, message: `is missing; it must be one of ${quoted(known)}` };
  return { pointer, message: noneOf(JSON.stringify(tagValue), String(tagValue), known) };
}

function unknownMember(name: string, known: readonly string[]): string {
  const [meant] = nearest(name, known);
  if (meant !== undefined) return `there is no member "${name}"; did you mean "${meant}"?`;
  return known.length === 0
    ? `there is no member "${name}"; none is expected here`
    : `there is no member "${name}"; there are ${known.join(', ')}`;
}

function noneOf(shown: string, value: string, allowed: readonly unknown[]): string {
  const [meant] = nearest(value, allowed.map(String));
  return `${shown} is not one of ${quoted(allowed)}${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
}

const quoted = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ');

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

function wrongType({ type, writeOnly, properties }: JsonSchemaObject, value: unknown): string {
  const wanted = (Array.isArray(type) ? type : [type])
    // At a secret's place the object is the marker of a stored one, which nobody writes by hand.
    .filter((name) => name !== 'object' || properties?.secret === undefined)
    .map((name) => typeNames[name ?? ''] ?? String(name));
  const message = `must be ${wanted.join(' or ')}, not ${typeNames[typeOf(value)]}`;
  const isScalar = typeof value === 'number' || typeof value === 'boolean';
  if (!wanted.includes('text') || !isScalar) return message;
  return `${message}; write it in quotes${writeOnly === true ? '' : `: "${value}"`}`;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
