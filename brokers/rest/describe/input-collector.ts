import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { put } from '../load/index.js';
import type { ParameterPlan } from '../plan.js';
import { type Lookup, resolved, typesOf } from '../types/index.js';
import type { MethodInput } from './input.js';
import type { Parameter } from './parameters.js';

/** Names of inputs that the runtime itself reads. */
const RESERVED = new Set(['$next', '$headers', '$contentType']);

/** Puts the inputs of a method together and gives each a name of its own. */
export class InputCollector {
  readonly #lookup: Lookup;
  readonly #defaults: Record<string, unknown> = {};
  readonly #properties: Record<string, JsonSchema> = {};
  readonly #required = new Set<string>();
  #together: JsonSchemaObject = {};

  constructor(lookup: Lookup) {
    this.#lookup = lookup;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#properties, name);
  }

  schemaOf(name: string): JsonSchema | undefined {
    return this.has(name) ? this.#properties[name] : undefined;
  }

  /** Adds an input and gives the name that it got. */
  add(wanted: string, schema: JsonSchema, required: boolean, place: string): string {
    const base = RESERVED.has(wanted) ? wanted.replace('$', '_') : wanted;
    let name = this.has(base) ? `${base}_${place}` : base;
    for (let n = 2; this.has(name); n++) name = `${base}_${place}${n}`;
    put(this.#properties, name, schema);
    if (required) this.#require(name, schema);
    return name;
  }

  /** Gives an input that is there another schema. */
  replace(name: string, schema: JsonSchema): void {
    put(this.#properties, name, schema);
  }

  /** Adds an input of the runtime's own. */
  addOwn(name: string, schema: JsonSchema): void {
    put(this.#properties, name, schema);
  }

  /** What must be sent must be given, unless the document says what it is otherwise, or there is but one choice. */
  #require(name: string, schema: JsonSchema): void {
    const target = resolved(schema, this.#lookup);
    const value = target && (usual(target) ?? onlyChoice(target));
    if (value === undefined) this.#required.add(name);
    else put(this.#defaults, name, value);
  }

  /** What is sent for inputs that are not given. */
  defaults(): Pick<MethodInput, 'defaults'> {
    return Object.keys(this.#defaults).length > 0 ? { defaults: this.#defaults } : {};
  }

  /** Of inputs that are optional together: whoever gives one of the names must give the required ones. */
  addTogether(names: readonly string[], required: readonly string[]): void {
    if (required.length === 0 || names.length === 1) return;
    const someOf = { anyOf: names.map((name) => ({ required: [name] })) };
    this.#together = Object.fromEntries([
      ['if', someOf],
      ['then', { required: [...required] }],
    ]);
  }

  addAll(parameters: readonly Parameter[], place: Parameter['in']): ParameterPlan[] {
    return parameters
      .filter((parameter) => parameter.in === place)
      .map(({ plan, schema, required }) => ({ ...plan, input: this.add(plan.name, schema, required, place) }));
  }

  schema(): JsonSchemaObject {
    const required = [...this.#required];
    return {
      type: 'object',
      properties: this.#properties,
      ...(required.length > 0 ? { required } : {}),
      ...this.#together,
      additionalProperties: false,
    };
  }
}

/** The default of a schema, where it is of the schema's type. */
function usual(schema: JsonSchemaObject): unknown {
  const { default: value } = schema;
  if (value === undefined || value === null || value === '') return undefined;
  const type = Array.isArray(value) ? 'array' : typeof value;
  const types = typesOf(schema);
  const fits = types.length === 0 || types.includes(type) || (Number.isInteger(value) && types.includes('integer'));
  return fits && (schema.enum?.includes(value) ?? true) ? value : undefined;
}

/** The only value that there is to choose. A yes is not said for anybody. */
function onlyChoice({ enum: values, const: value }: JsonSchemaObject): string | number | undefined {
  const only = values?.length === 1 ? values[0] : value;
  return typeof only === 'string' || typeof only === 'number' ? only : undefined;
}
