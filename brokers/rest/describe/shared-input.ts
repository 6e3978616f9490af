import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { type Lookup, resolved, typesOf } from '../types/index.js';

/** Keywords that say which scalar values are valid. */
const CONSTRAINTS = [
  'enum',
  'const',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
] as const satisfies readonly (keyof JsonSchemaObject)[];

/**
 * The schema of an input that feeds a path parameter and a property of the body: what is valid in both places. Undefined when the
 * two do not go together, because their types or limits differ.
 */
export function sharedSchema(inPath: JsonSchema, inBody: JsonSchema, lookup: Lookup): JsonSchema | undefined {
  const first = resolved(inPath, lookup);
  const second = resolved(inBody, lookup);
  if (first === undefined || second === undefined || typeof inPath === 'boolean') return inPath;
  const [firstTypes, secondTypes] = [scalarTypes(first), scalarTypes(second)];
  if (firstTypes !== undefined && secondTypes !== undefined && !isWithin(firstTypes, secondTypes)) return undefined;
  const missing: Record<string, unknown> = {};
  for (const keyword of CONSTRAINTS) {
    if (second[keyword] === undefined) continue;
    if (first[keyword] === undefined) missing[keyword] = second[keyword];
    else if (!agree(keyword, first[keyword], second[keyword])) return undefined;
  }
  return { ...inPath, ...missing };
}

function agree(keyword: string, first: unknown, second: unknown): boolean {
  if (keyword === 'enum' && Array.isArray(first) && Array.isArray(second))
    return first.every((value) => second.includes(value));
  return JSON.stringify(first) === JSON.stringify(second);
}

/** Whether every value of the first types is of one of the second. */
function isWithin(first: readonly string[], second: readonly string[]): boolean {
  return first.every((type) => second.includes(type) || (type === 'integer' && second.includes('number')));
}

function scalarTypes(schema: JsonSchemaObject): readonly string[] | undefined {
  const types = typesOf(schema);
  return types.length > 0 ? types : schema.enum?.map((value) => typeof value);
}
