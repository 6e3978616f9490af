import { type JsonSchema, type JsonSchemaObject, type TypeMap, walkSchema } from '../../config/model/json-schema.js';
import { pascalCase } from '../../config/model/names.js';
import type { Identifiers } from '../identifiers.js';
import { Signatures } from './signature.js';

/** Longer titles are descriptions. */
const MAX_TITLE = 60;

/** The inline objects that go by their title. */
export interface TitledTypes {
  /** Inline schema → the identifier of its type. */
  readonly identifierOf: ReadonlyMap<JsonSchemaObject, string>;
  /** Identifier → the schema to declare under it. Those that are a named type anyway are not among them. */
  readonly declared: ReadonlyMap<string, JsonSchemaObject>;
}

/**
 * Finds the inline objects whose title names one structure wherever it occurs: they become one type each. A title that stands for
 * different structures names none of them, so that no name depends on what else there is.
 *
 * @param roots schemas that have a name, or get one, by themselves
 * @param identifierOf the identifiers of the named types
 */
export function titledTypes(
  roots: Iterable<JsonSchema>,
  types: TypeMap,
  identifierOf: ReadonlyMap<string, string>,
  identifiers: Identifiers,
): TitledTypes {
  const signatures = new Signatures();
  const byTitle = new Map<string, { signature: string | undefined; schemas: JsonSchemaObject[] }>();
  const named = new Map<string, JsonSchema>();
  for (const [name, identifier] of identifierOf) named.set(identifier.toLowerCase(), types[name] ?? true);
  for (const root of roots) {
    walkSchema(root, (schema) => {
      if (schema === root || !isPlainObject(schema)) return;
      const name = pascalCase(schema.title ?? '');
      const signature = signatures.of(schema);
      const key = name.toLowerCase();
      const known = byTitle.get(key);
      if (known === undefined) {
        const type = named.get(key);
        const differs = type !== undefined && signatures.of(type) !== signature;
        byTitle.set(key, { signature: differs ? undefined : signature, schemas: [schema] });
      } else if (known.signature !== signature) known.signature = undefined;
      else known.schemas.push(schema);
    });
  }
  const found = new Map<JsonSchemaObject, string>();
  const declared = new Map<string, JsonSchemaObject>();
  const existing = new Map([...identifierOf.values()].map((identifier) => [identifier.toLowerCase(), identifier]));
  for (const [key, { signature, schemas }] of byTitle) {
    const [first] = schemas;
    if (signature === undefined || first === undefined) continue;
    let identifier = existing.get(key);
    if (identifier === undefined) {
      identifier = identifiers.type(pascalCase(first.title ?? ''));
      declared.set(identifier, first);
    }
    for (const schema of schemas) found.set(schema, identifier);
  }
  return { identifierOf: found, declared };
}

/** An object with members of its own and nothing else, and a title that can be a name. */
function isPlainObject(schema: JsonSchemaObject): boolean {
  const { title, type, properties } = schema;
  if (title === undefined || title.length > MAX_TITLE || type !== 'object' || properties === undefined) return false;
  if (!/\p{L}/u.test(title) || Object.keys(properties).length === 0 || schema['x-smartwright-file'] === true)
    return false;
  const { allOf, anyOf, oneOf, $ref } = schema;
  return (allOf ?? anyOf ?? oneOf ?? $ref ?? schema.enum ?? schema.const) === undefined;
}
