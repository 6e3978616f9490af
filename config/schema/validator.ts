import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FieldError } from '../model/errors.js';
import type { JsonSchema } from '../model/json-schema.js';
import { explain } from './explain.js';
import { faultOfFormat } from './formats.js';

/** Checks a value against the schema and says what is wrong; empty: nothing. */
export type Check = (value: unknown) => FieldError[];

/**
 * Checks against admin documents' schemas, which are our own: a mistake in one of them is an error. That they keep to the metaschema
 * is a test's business; to check it here takes longer than all else of a first start's checks.
 */
export const documentCheck = compiler({
  strict: true,
  validateSchema: false,
  strictRequired: false,
  allowUnionTypes: true,
  discriminator: true,
});

/** Checks service keys, whose schemas are a broker's own, and fills in the defaults of what is missing. */
export const keysCheck = compiler({ strict: false, useDefaults: true, validateSchema: false });

/** What makes a value no JSON Schema 2020-12; empty: it is one. */
export function schemaFaults(schema: unknown): FieldError[] {
  metaschema ??= newAjv({ strict: false }).getSchema('https://json-schema.org/draft/2020-12/schema');
  return metaschema === undefined ? [] : checkOf(metaschema as ValidateFunction)(schema);
}

let metaschema: ReturnType<Ajv2020['getSchema']>;

/** A function that compiles a schema once. */
function compiler(options: ConstructorParameters<typeof Ajv2020>[0]): (schema: JsonSchema) => Check {
  const checks = new WeakMap<object, Check>();
  let ajv: Ajv2020 | undefined;
  return (schema) => {
    const key = typeof schema === 'object' ? schema : schema ? always : never;
    const known = checks.get(key);
    if (known !== undefined) return known;
    ajv ??= newAjv(options);
    const check = checkOf(ajv.compile(schema));
    checks.set(key, check);
    return check;
  };
}

const always = {};
const never = {};

function newAjv(options: ConstructorParameters<typeof Ajv2020>[0]): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, ...options });
  addFormats.default(ajv);
  for (const [name, fault] of Object.entries(faultOfFormat)) {
    ajv.addFormat(name, { type: 'string', validate: (text: string) => fault(text) === undefined });
  }
  return ajv;
}

function checkOf(validate: ValidateFunction): Check {
  return (value) => (validate(value) ? [] : explain(distinct(validate.errors ?? [])));
}

/** The variants of a discriminated object may report one fault twice. */
function distinct(errors: readonly ErrorObject[]): ErrorObject[] {
  const seen = new Set<string>();
  return errors.filter(({ instancePath, keyword, params }) => {
    const key = JSON.stringify([instancePath, keyword, params]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
