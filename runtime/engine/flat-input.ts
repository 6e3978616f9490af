import { plainSchema } from '../../config/model/data-type.js';
import type { FieldError } from '../../config/model/errors.js';
import { flatName, flatPath } from '../../config/model/flat-property.js';
import { Nesting } from '../../config/model/flat-value.js';
import { jsonPointer, pointerPath } from '../../config/model/json-pointer.js';
import { type JsonSchema, referencedType, type TypeMap } from '../../config/model/json-schema.js';

/** In which form a call's input and result are: nested as the schemas say, or flat, with names such as `address.city`. */
export type CallShape = (typeof callShapes)[number];
export const callShapes = ['nested', 'flat'] as const;

export const isCallShape = (text: string): text is CallShape => (callShapes as readonly string[]).includes(text);

/** An input with its flat names resolved. */
export interface NestedInput {
  readonly value: unknown;
  /** Names that contradict one another. */
  readonly faults: readonly FieldError[];
  /** Where the caller wrote what is at a pointer into `value`. */
  pointer(nested: string): string;
}

/**
 * Resolves the flat names in an input; undefined when there is none. A name that the method declares as it stands means itself,
 * unless the whole call is `flat`: then `a.b` is `b` within `a` wherever `a` is declared, and a dot in a name is written `\.`.
 */
export type NestInput = (input: unknown, shape: CallShape | undefined) => NestedInput | undefined;

/** Prepares the resolution of flat names for a method's input. */
export function compileNesting(input: JsonSchema, types: TypeMap): NestInput {
  const declared = declaredNames(input, types);
  const pathOf = (name: string, shape: CallShape | undefined): readonly string[] | undefined => {
    if (shape !== 'flat' && declared.has(name)) return undefined;
    const path = flatPath(name);
    const [first = ''] = path;
    const isKnown = path.length === 1 ? declared.has(first) : declared.get(first) === true;
    return isKnown ? path : undefined;
  };
  return (given, shape) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
    const names = Object.keys(given);
    if (!names.some(maybeFlat)) return undefined;
    const nesting = new Nesting();
    const written = new Map<string, string>();
    for (const name of names) {
      const path = (maybeFlat(name) ? pathOf(name, shape) : undefined) ?? [name];
      written.set(flatName(path), name);
      nesting.set(path, (given as Record<string, unknown>)[name], name);
    }
    return {
      value: nesting.object,
      faults: nesting.conflicts.map(({ name, message }) => ({ pointer: jsonPointer([name]), message })),
      pointer: (nested) => writtenPointer(pointerPath(nested), written, shape === 'flat'),
    };
  };
}

const maybeFlat = (name: string): boolean => name.includes('.') || name.includes('\\');

/** The names that an input declares, each with whether its value can be an object. */
function declaredNames(input: JsonSchema, types: TypeMap): ReadonlyMap<string, boolean> {
  const names = new Map<string, boolean>();
  const seen = new Set<JsonSchema>();
  const collect = (schema: JsonSchema): void => {
    if (typeof schema === 'boolean' || seen.has(schema)) return;
    seen.add(schema);
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      names.set(name, names.get(name) === true || canBeObject(property, types));
    }
    const target = schema.$ref === undefined ? undefined : referencedType(schema.$ref);
    if (target !== undefined && Object.hasOwn(types, target)) collect(types[target] ?? true);
    for (const part of [schema.allOf, schema.oneOf, schema.anyOf].flatMap((parts) => parts ?? [])) collect(part);
  };
  collect(input);
  return names;
}

/** Nothing is said of what is a choice or has no type: it may be an object. */
function canBeObject(schema: JsonSchema, types: TypeMap): boolean {
  const plain = plainSchema(schema, types);
  return plain === undefined || plain.type === 'object';
}

/** A fault below a name that was given is at that name; of a flat call, also what is missing has a flat name. */
function writtenPointer(path: readonly string[], written: ReadonlyMap<string, string>, flat: boolean): string {
  for (let length = path.length; length > 0; length--) {
    const name = written.get(flatName(path.slice(0, length)));
    if (name !== undefined) return jsonPointer([name, ...path.slice(length)]);
  }
  return flat && path.length > 0 ? jsonPointer([flatName(path)]) : jsonPointer(path);
}
