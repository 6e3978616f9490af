import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ServiceKeys } from '../../brokers/broker.js';
import { type JsonSchema, referencedType, type TypeMap, walkSchema } from '../../config/model/json-schema.js';

const newValidator = (): Ajv2020 => {
  const ajv = new Ajv2020({ allErrors: true, strict: false, logger: false });
  addFormats.default(ajv);
  return ajv;
};

/** Compiles a schema with the types that it refers to. @throws when it is not valid or a reference leads nowhere */
export function compile(schema: JsonSchema, types: TypeMap, what: string): ValidateFunction {
  try {
    return newValidator().compile(typeof schema === 'boolean' ? schema : { ...schema, types });
  } catch (error) {
    throw new Error(`${what} does not compile: ${(error as Error).message}`, { cause: error });
  }
}

/** A copy of the service keys with the schema's defaults filled in. @throws when they do not fit the schema */
export function withDefaults(schema: JsonSchema, keys: ServiceKeys): ServiceKeys {
  const ajv = new Ajv2020({ allErrors: true, strict: false, logger: false, useDefaults: true });
  addFormats.default(ajv);
  const complete = structuredClone(keys);
  const validate = ajv.compile(schema);
  if (!validate(complete)) throw new Error(`the keys that were given do not fit: ${ajv.errorsText(validate.errors)}`);
  return complete;
}

const subject = 'https://subject.example/description';

/** Compiles many schemas over the same types, which are compiled once. @throws like `compile` */
export function compileAll(schemas: ReadonlyMap<string, JsonSchema>, types: TypeMap): void {
  const ajv = newValidator();
  const members = Object.fromEntries([...schemas].map(([, schema], index) => [String(index), schema]));
  ajv.addSchema({ $id: subject, types, members });
  [...schemas].forEach(([what, schema], index) => {
    try {
      if (refersToItself(schema)) compile(schema, types, what);
      else ajv.compile({ $ref: `${subject}#/members/${index}` });
    } catch (error) {
      throw new Error(`${what} does not compile: ${(error as Error).message}`, { cause: error });
    }
  });
}

/** Whether a schema has a pointer into itself, which means something else in a document that holds many schemas. */
function refersToItself(schema: JsonSchema): boolean {
  let found = false;
  walkSchema(schema, ({ $ref }) => {
    found ||= $ref !== undefined && referencedType($ref) === undefined;
  });
  return found;
}
