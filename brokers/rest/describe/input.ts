import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { locationOf, put } from '../load/index.js';
import type { BodyPlan, BodySource, ParameterPlan } from '../plan.js';
import { type Lookup, resolved, type Types, typesOf } from '../types/index.js';
import type { BodyDraft } from './body.js';
import type { Operation } from './operations.js';
import type { Parameter } from './parameters.js';
import { pathParts } from './path-template.js';

/** The input of a method, with the parts of the plan that say where each goes. */
export interface MethodInput {
  /** A closed object. `readOnly` and `writeOnly` within it are not resolved yet. */
  readonly schema: JsonSchemaObject;
  readonly path: readonly (string | ParameterPlan)[];
  readonly query: readonly ParameterPlan[];
  readonly headers: readonly ParameterPlan[];
  readonly cookies: readonly ParameterPlan[];
  readonly body?: BodyPlan;
}

/** Names of inputs that the runtime itself reads. */
const RESERVED = new Set(['$next', '$headers', '$contentType']);

/**
 * One flat object out of all parameters and the properties of the body. A name keeps the spelling that it has on the wire.
 * - Parameters of one name in two places: the first (path, query, header, cookie) has it, the other gets its place appended.
 * - A body property called like a path parameter, of a type that fits: one input feeds both.
 * - A body that is no plain object, or shares a name with any other parameter: the whole body is one input.
 */
export function methodInput(
  types: Types,
  operation: Operation,
  declared: readonly Parameter[],
  body?: BodyDraft,
): MethodInput {
  const collector = new Collector();
  const path = pathPlans(types, operation, declared, collector);
  const query = collector.addAll(declared, 'query');
  const headers = collector.addAll(declared, 'header');
  const cookies = collector.addAll(declared, 'cookie');
  const bodyPlan = body && planBody(types, body, declared, collector);
  return {
    schema: collector.schema(),
    path,
    query,
    headers,
    cookies,
    ...(bodyPlan === undefined ? {} : { body: bodyPlan }),
  };
}

class Collector {
  readonly #properties: Record<string, JsonSchema> = {};
  readonly #required = new Set<string>();

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
    if (required) this.#required.add(name);
    return name;
  }

  /** Adds an input of the runtime's own. */
  addOwn(name: string, schema: JsonSchema): void {
    put(this.#properties, name, schema);
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
      additionalProperties: false,
    };
  }
}

/** The path with its parameters. One that is not declared is a text; one that the template does not have is left out. */
function pathPlans(
  types: Types,
  operation: Operation,
  declared: readonly Parameter[],
  collector: Collector,
): (string | ParameterPlan)[] {
  const parameters = declared.filter((parameter) => parameter.in === 'path');
  const used = new Map<string, ParameterPlan>();
  const plans = pathParts(operation.path).map((part): string | ParameterPlan => {
    if (typeof part === 'string') return part;
    const known = used.get(part.parameter);
    if (known !== undefined) return known;
    const found = findParameter(parameters, part.parameter);
    if (found === undefined)
      warnPath(types, operation, `The path parameter "${part.parameter}" is not declared; it is taken for a text.`);
    const { plan, schema }: Pick<Parameter, 'plan' | 'schema'> = found ?? {
      plan: { name: part.parameter, style: 'simple', explode: false },
      schema: { type: 'string' },
    };
    const whole = { ...plan, input: collector.add(plan.name, schema, true, 'path') };
    used.set(part.parameter, whole);
    return whole;
  });
  const names = new Set([...used.values()].map((plan) => plan.name));
  for (const { plan } of parameters) {
    if (!names.has(plan.name))
      warnPath(types, operation, `The path parameter "${plan.name}" does not stand in the path; it was left out.`);
  }
  return plans;
}

/** By name; in a pinch, by name in another case. */
function findParameter(parameters: readonly Parameter[], name: string): Parameter | undefined {
  const exact = parameters.find(({ plan }) => plan.name === name);
  return exact ?? parameters.find(({ plan }) => plan.name.toLowerCase() === name.toLowerCase());
}

function warnPath(types: Types, operation: Operation, message: string): void {
  types.documents.findings.warn('PATH_PARAMETER', message, {
    operation: operation.label,
    location: locationOf(operation.site),
  });
}

function planBody(types: Types, body: BodyDraft, declared: readonly Parameter[], collector: Collector): BodyPlan {
  const source = body.properties === undefined ? undefined : spread(types, body.properties, body, declared, collector);
  const whole = source ?? { input: collector.add(body.name, withDescription(body), body.required, 'body') };
  const [first, ...others] = body.media;
  if (others.length > 0) {
    const choices = body.media.map(({ mediaType }) => mediaType);
    const description = `The media type that the body is sent in; default ${first.mediaType}.`;
    collector.addOwn('$contentType', { type: 'string', enum: choices, description });
  }
  return {
    required: body.required,
    media: [{ ...first, source: whole }, ...others.map((media) => ({ ...media, source: whole }))],
  };
}

function withDescription({ schema, description }: BodyDraft): JsonSchema {
  if (typeof schema === 'boolean' || description === undefined || schema.description !== undefined) return schema;
  return { ...schema, description };
}

/** Wire name → input name, or undefined when names collide. */
function spread(
  types: Types,
  properties: Readonly<Record<string, JsonSchema>>,
  body: BodyDraft,
  declared: readonly Parameter[],
  collector: Collector,
): BodySource | undefined {
  const lookup: Lookup = (name) => types.lookup(name);
  const inPath = new Set(declared.filter((parameter) => parameter.in === 'path').map(({ plan }) => plan.name));
  for (const [name, schema] of Object.entries(properties)) {
    const present = collector.schemaOf(name);
    if (present !== undefined && !(inPath.has(name) && compatible(present, schema, lookup))) return undefined;
  }
  const names: Record<string, string> = {};
  for (const [name, schema] of Object.entries(properties)) {
    const required = body.required && body.requiredProperties.has(name);
    put(names, name, collector.has(name) ? name : collector.add(name, schema, required, 'body'));
  }
  return { properties: names };
}

function compatible(first: JsonSchema, second: JsonSchema, lookup: Lookup): boolean {
  const [a, b] = [scalarTypes(first, lookup), scalarTypes(second, lookup)];
  if (a === undefined || b === undefined) return true;
  return a.some(
    (type) =>
      b.includes(type) || (type === 'integer' && b.includes('number')) || (type === 'number' && b.includes('integer')),
  );
}

function scalarTypes(schema: JsonSchema, lookup: Lookup): readonly string[] | undefined {
  const target = resolved(schema, lookup);
  if (target === undefined) return undefined;
  const types = typesOf(target);
  return types.length > 0 ? types : target.enum?.map((value) => typeof value);
}
