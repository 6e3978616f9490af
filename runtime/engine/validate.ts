import type { ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FieldError } from '../../config/model/errors.js';
import {
  type JsonSchema,
  type JsonSchemaObject,
  referencedTypes,
  type TypeMap,
} from '../../config/model/json-schema.js';
import { explainBound } from '../../config/schema/bounds.js';

/** Returns what is wrong with a value, one entry a field; empty when it is valid. */
export type Validate = (value: unknown) => readonly FieldError[];

const valid: readonly FieldError[] = [];

const ajv = new Ajv2020({
  ownProperties: true,
  allErrors: true,
  strict: false,
  validateSchema: false,
  verbose: true,
  logger: false,
});
addFormats.default(ajv);

/**
 * Compiles the schema of a method's input, with the types that it refers to. All faults are reported, not only the first.
 *
 * An integer beyond 2^53 comes as a bigint, which JSON Schema knows nothing of; it counts as the number nearest to it.
 */
export function compileInput(input: JsonSchema, types: TypeMap): Validate {
  const schema = referencedTypes(input).size === 0 ? input : withTypes(input, types);
  const validate = ajv.compile(schema);
  // The compiled function is all that is wanted; ajv would keep the schema for ever.
  ajv.removeSchema(schema);
  return (value) => {
    if (validate(value)) return valid;
    if (hasBigInt(value) && validate(withNumbers(value))) return valid;
    return (validate.errors ?? []).filter(speaks).map(toFieldError);
  };
}

/** One document that holds the schema and, under `types`, what its `#/types/…` references name. */
function withTypes(schema: JsonSchema, types: TypeMap): JsonSchemaObject {
  return { ...(schema as JsonSchemaObject), types } as JsonSchemaObject;
}

/** A branch that failed inside `anyOf`, `oneOf` or `if` is named by its parent's message; of the parent alone one can tell. */
const speaks = ({ keyword }: ErrorObject): boolean => keyword !== 'if';

function toFieldError(error: ErrorObject): FieldError {
  const at = (name: string) => `${error.instancePath}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  switch (error.keyword) {
    case 'required':
      return { pointer: at(error.params.missingProperty), message: 'is required' };
    case 'dependentRequired':
      return {
        pointer: at(error.params.missingProperty),
        message: `is required when "${error.params.property}" is given`,
      };
    case 'additionalProperties':
      return { pointer: at(error.params.additionalProperty), message: unknownProperty(error) };
    case 'enum':
      return { pointer: error.instancePath, message: `must be one of ${list(error.params.allowedValues)}` };
    case 'const':
      return { pointer: error.instancePath, message: `must be ${JSON.stringify(error.params.allowedValue)}` };
    case 'type':
      return {
        pointer: error.instancePath,
        message: `must be ${typeNames(error.params.type)}, not ${typeOf(error.data)}`,
      };
    case 'format':
      return { pointer: error.instancePath, message: `is not a valid ${error.params.format}` };
    default:
      return {
        pointer: error.instancePath,
        message: explainBound(error) ?? error.message ?? `does not satisfy ${error.keyword}`,
      };
  }
}

const list = (values: readonly unknown[]): string => {
  const shown = values.slice(0, 12).map((value) => JSON.stringify(value));
  return values.length > shown.length ? `${shown.join(', ')}, … (${values.length} in all)` : shown.join(', ');
};

const typeNames = (type: string | string[]): string => (typeof type === 'string' ? type : type.join(' or '));

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function unknownProperty({ params, parentSchema }: ErrorObject): string {
  const known = Object.keys((parentSchema as JsonSchemaObject).properties ?? {});
  const near = known.find((name) => name.toLowerCase() === String(params.additionalProperty).toLowerCase());
  if (near !== undefined) return `is unknown; did you mean "${near}"?`;
  return known.length === 0 ? 'is unknown; there are no inputs here' : `is unknown; known are ${list(known)}`;
}

function hasBigInt(value: unknown): boolean {
  if (typeof value === 'bigint') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasBigInt);
}

function withNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(withNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withNumbers(member)]));
}
