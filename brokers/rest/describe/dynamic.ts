import type { ChoiceSource, DesignCall, SchemaSource } from '../../../config/model/designer.js';
import { type JsonSchema, type JsonSchemaObject, type TypeMap, walkSchema } from '../../../config/model/json-schema.js';
import { mapSchema } from '../../../config/model/map-schema.js';
import type { ServiceMethod, ServiceObject } from '../../../config/model/service-object.js';
import { type Documents, isRawObject, put, type RawObject, rawObject, rawText } from '../load/index.js';
import type { RequestPlan } from '../plan.js';
import { DYNAMIC } from '../types/index.js';

interface Described {
  readonly serviceObjects: readonly ServiceObject[];
  readonly types: TypeMap;
}

/**
 * Puts in place of `x-ms-dynamic-values`, `-list`, `-schema` and `-properties`, which name operations, what a designer's tool can
 * call: an object, a method, and which of its inputs come from where. An extension that names no operation of the document is
 * left out, with a diagnostic.
 */
export function resolveDynamic({ serviceObjects, types }: Described, documents: Documents): Described {
  const schemas = serviceObjects.flatMap(({ properties, methods }) => [
    ...properties.map(({ schema }) => schema),
    ...methods.flatMap(({ input, output, meta }) => [input, output, meta ?? true]),
  ]);
  if (![...Object.values(types), ...schemas].some(isDynamic)) return { serviceObjects, types };
  const resolver = new Resolver(serviceObjects, documents);
  const resolved = (schema: JsonSchema, caller?: ServiceMethod) =>
    mapSchema(schema, (part) => (hasDynamic(part) ? resolver.resolve(part, caller) : part));
  return {
    types: Object.fromEntries(Object.entries(types).map(([name, schema]) => [name, resolved(schema)])),
    serviceObjects: serviceObjects.map((object) => ({
      ...object,
      properties: object.properties.map((property) => ({ ...property, schema: resolved(property.schema) })),
      methods: object.methods.map((method) => ({
        ...method,
        input: resolved(method.input, method),
        output: resolved(method.output, method),
        ...(method.meta === undefined ? {} : { meta: resolved(method.meta, method) }),
      })),
    })),
  };
}

function isDynamic(schema: JsonSchema): boolean {
  let found = false;
  walkSchema(schema, (part) => {
    found ||= hasDynamic(part);
  });
  return found;
}

const hasDynamic = (schema: JsonSchemaObject): boolean => DYNAMIC.some((key) => schema[key] !== undefined);

interface Target {
  readonly object: string;
  readonly method: ServiceMethod;
}

class Resolver {
  readonly #documents: Documents;
  readonly #byId = new Map<string, Target>();
  readonly #complained = new Set<string>();

  constructor(serviceObjects: readonly ServiceObject[], documents: Documents) {
    this.#documents = documents;
    for (const { name: object, methods } of serviceObjects) {
      for (const method of methods) {
        const id = method.origin?.id;
        if (id !== undefined && !this.#byId.has(id)) this.#byId.set(id, { object, method });
      }
    }
  }

  /** @param caller the method whose inputs the extension's parameters refer to, where there is just one */
  resolve(schema: JsonSchemaObject, caller: ServiceMethod | undefined): JsonSchemaObject {
    const rest = Object.fromEntries(
      Object.entries(schema).filter(([key]) => !DYNAMIC.includes(key as (typeof DYNAMIC)[number])),
    );
    // Of two extensions that say the same, the newer `x-ms-dynamic-list` is the more exact.
    const choices =
      this.#choices(rawObject(schema['x-ms-dynamic-list']), caller) ??
      this.#choices(rawObject(schema['x-ms-dynamic-values']), caller);
    const source =
      this.#schema(rawObject(schema['x-ms-dynamic-schema']), caller) ??
      this.#schema(rawObject(schema['x-ms-dynamic-properties']), caller);
    return {
      ...rest,
      ...(choices === undefined ? {} : { 'x-smartwright-choices': choices }),
      ...(source === undefined ? {} : { 'x-smartwright-schema': source }),
    };
  }

  #choices(raw: RawObject, caller: ServiceMethod | undefined): ChoiceSource | undefined {
    const target = this.#target(raw);
    if (target === undefined) return undefined;
    const value = steps(raw['value-path'] ?? raw.itemValuePath);
    const title = steps(raw['value-title'] ?? raw.itemTitlePath);
    return {
      ...callOf(target, raw, caller),
      items: itemsWithin(target.method, steps(raw['value-collection'] ?? raw.itemsPath)),
      value,
      title: title.length > 0 ? title : value,
    };
  }

  #schema(raw: RawObject, caller: ServiceMethod | undefined): SchemaSource | undefined {
    const target = this.#target(raw);
    if (target === undefined) return undefined;
    return { ...callOf(target, raw, caller), schema: steps(raw['value-path'] ?? raw.itemValuePath) };
  }

  #target(raw: RawObject): Target | undefined {
    // Without an operation a built-in capability is named, such as a file picker.
    const id = rawText(raw.operationId);
    if (id === undefined) return undefined;
    const target = this.#byId.get(id);
    if (target === undefined && !this.#complained.has(id)) {
      this.#complained.add(id);
      this.#documents.findings.warn(
        'DYNAMIC_UNRESOLVED',
        `Values are to come from the operation "${id}", which the document does not describe; nothing is offered to choose from.`,
        {},
      );
    }
    return target;
  }
}

function callOf({ object, method }: Target, raw: RawObject, caller: ServiceMethod | undefined): DesignCall {
  const inputs: Record<string, DesignCall['inputs'][string]> = {};
  for (const [name, given] of Object.entries(rawObject(raw.parameters))) {
    const from = referenceIn(given);
    const input = inputNamed(method, name);
    if (from !== undefined) put(inputs, input, { input: inputNamed(caller, from) });
    else put(inputs, input, { value: isRawObject(given) && 'value' in given ? given.value : given });
  }
  return { object, method: method.name, inputs };
}

/** `{ parameter: 'site' }`, or `{ parameterReference: 'body/site' }` where the place is named too. */
function referenceIn(given: unknown): string | undefined {
  const raw = rawObject(given);
  return rawText(raw.parameter) ?? rawText(raw.parameterReference);
}

/** The flat name of the input that a parameter feeds; a property in the body is an input of its own. */
function inputNamed(method: ServiceMethod | undefined, parameter: string): string {
  const path = steps(parameter);
  const inputs = typeof method?.input === 'object' ? (method.input.properties ?? {}) : {};
  const [first = '', ...rest] = path;
  if (rest.length > 0 && !Object.hasOwn(inputs, first) && /^(body|query|path|header|formData)$/i.test(first))
    return rest.join('.');
  if (rest.length > 0) return path.join('.');
  const plan = method?.binding as RequestPlan | undefined;
  const parameters = plan === undefined ? [] : [...plan.path, ...plan.query, ...plan.headers, ...plan.cookies];
  const fed = parameters.find((part) => typeof part === 'object' && part.name === first);
  return typeof fed === 'object' ? fed.input : first;
}

/** Where the items are in the method's result: a list's result is its items already. */
function itemsWithin({ kind, binding }: ServiceMethod, path: readonly string[]): readonly string[] {
  const list = kind === 'list' ? ((binding as RequestPlan).list?.items ?? []) : undefined;
  if (list === undefined) return path;
  return list.every((step, index) => step === path[index]) ? path.slice(list.length) : [];
}

/** `properties/displayName` → `['properties', 'displayName']`. */
function steps(path: unknown): string[] {
  return typeof path === 'string' ? path.split('/').filter((step) => step !== '') : [];
}
