import { type OutputUnit, Validator } from '@cfworker/json-schema';
import {
  type CustomValidator,
  createErrorHandler,
  type ErrorTransformer,
  getDefaultFormState,
  type RJSFSchema,
  type RJSFValidationError,
  toErrorSchema,
  type UiSchema,
  unwrapErrorHandler,
  type ValidationData,
  type ValidatorType,
  validationDataMerge,
} from '@rjsf/utils';
import { filledIn } from './filled-in.ts';

/** Words for a keyword at fault; the validator's own are English and quote the schema. */
export type FaultTexts = Readonly<Record<string, string>>;

/**
 * Validates forms by JSON Schema 2020-12 without making code from the schema: Ajv's `new Function` is what the page's content
 * security policy forbids.
 *
 * @param first what the form held at first: see `filledIn`
 */
export function formValidator(faults: FaultTexts, first?: unknown): ValidatorType {
  const validator: ValidatorType = {
    rawValidation<Result>(schema: RJSFSchema, formData: unknown) {
      return { errors: faultsOf(schema, formData, faults) as Result[] };
    },
    isValid: (schema, formData, rootSchema) => compiled(schema, rootSchema).validate(plain(formData)).valid,
    validateFormData(
      formData: unknown,
      schema: RJSFSchema,
      customValidate?: CustomValidator,
      transformErrors?: ErrorTransformer,
      uiSchema?: UiSchema,
    ): ValidationData<unknown> {
      const found = faultsOf(schema, filledIn(formData, first, schema, schema), faults);
      const errors = transformErrors === undefined ? found : transformErrors(found, uiSchema);
      const result: ValidationData<unknown> = { errors, errorSchema: toErrorSchema(errors) };
      if (customValidate === undefined) return result;
      const defaults = getDefaultFormState(validator, schema, formData, schema, true);
      const handled = customValidate(defaults, createErrorHandler(defaults), uiSchema);
      return validationDataMerge(result, unwrapErrorHandler(handled));
    },
  };
  return validator;
}

/** Schemas are compiled once; a schema is the same object for as long as its form stands. */
const validators = new WeakMap<object, WeakMap<object, Validator>>();

function compiled(schema: RJSFSchema, root: RJSFSchema): Validator {
  let within = validators.get(root);
  if (within === undefined) {
    within = new WeakMap();
    validators.set(root, within);
  }
  let validator = within.get(schema);
  if (validator === undefined) {
    const { $defs, definitions } = root;
    // The validator notes addresses in the schema that it is given.
    const own = structuredClone({ ...($defs && { $defs }), ...(definitions && { definitions }), ...schema });
    validator = new Validator(own as ConstructorParameters<typeof Validator>[0], '2020-12', false);
    within.set(schema, validator);
  }
  return validator;
}

/** A form leaves `undefined` where nothing was typed; JSON has no such value, and the validator knows no bigints. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value, rounded));
const rounded = (_name: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

/** Keywords that only say that something within is at fault. */
const containers = new Set([
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'allOf',
  '$ref',
  '$dynamicRef',
  'if',
  'then',
  'else',
  'dependentSchemas',
]);

function faultsOf(schema: RJSFSchema, formData: unknown, faults: FaultTexts): RJSFValidationError[] {
  const { errors } = compiled(schema, schema).validate(plain(formData) ?? {});
  const told = new Set<string>();
  return errors
    .filter(({ keyword }) => !containers.has(keyword))
    .map((error) => toFault(error, faults))
    .filter(({ property = '', name }) => {
      const key = `${property} ${name}`;
      return told.has(key) ? false : told.add(key);
    });
}

function toFault({ keyword, instanceLocation, error }: OutputUnit, faults: FaultTexts): RJSFValidationError {
  const missing = keyword === 'required' ? /"(.*)"\.?$/.exec(error)?.[1] : undefined;
  const path = [...segments(instanceLocation), ...(missing === undefined ? [] : [missing])];
  const message = faults[keyword] ?? error;
  return { name: keyword, message, property: path.map(property).join(''), stack: `${path.join('.')} ${message}` };
}

/** `#/a~1b/0` → `['a/b', '0']`, RFC 6901. */
const segments = (location: string): string[] =>
  location
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'));

/** As lodash's `toPath` reads it, whatever the name holds. */
const property = (name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : /^\d+$/.test(name) ? `[${name}]` : `[${JSON.stringify(name)}]`;
