import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { locationOf, put } from '../load/index.js';
import type { BodyPlan, BodySource, EncodingPlan, MediaPlan, ParameterPlan } from '../plan.js';
import { type Lookup, resolved, type Types, typesOf } from '../types/index.js';
import type { BodyDraft, MediaDraft } from './body.js';
import { InputCollector } from './input-collector.js';
import type { Operation } from './operations.js';
import type { Parameter } from './parameters.js';
import { pathParts } from './path-template.js';
import { sharedSchema } from './shared-input.js';

/** The input of a method, with the parts of the plan that say where each goes. */
export interface MethodInput {
  /** A closed object. `readOnly` and `writeOnly` within it are not resolved yet. */
  readonly schema: JsonSchemaObject;
  readonly path: readonly (string | ParameterPlan)[];
  readonly query: readonly ParameterPlan[];
  readonly queryString?: ParameterPlan;
  readonly headers: readonly ParameterPlan[];
  readonly cookies: readonly ParameterPlan[];
  readonly body?: BodyPlan;
  readonly defaults?: Readonly<Record<string, unknown>>;
}

/**
 * One flat object out of all parameters and the properties of the body. A name keeps the spelling that it has on the wire.
 * - Parameters of one name in two places: the first (path, query, header, cookie) has it, the other gets its place appended.
 * - A body property called like a path parameter, whose type and limits fit: one input feeds both.
 * - A body that is no plain object, or shares a name with any other parameter: the whole body is one input.
 */
export function methodInput(
  types: Types,
  operation: Operation,
  declared: readonly Parameter[],
  body?: BodyDraft,
): MethodInput {
  const collector = new InputCollector(types.lookup);
  const path = pathPlans(types, operation, declared, collector);
  const query = collector.addAll(declared, 'query');
  const [queryString] = collector.addAll(declared, 'querystring');
  const headers = collector.addAll(declared, 'header');
  const cookies = collector.addAll(declared, 'cookie');
  const inPath = new Set(path.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.name])));
  const bodyPlan = body && planBody(types, body, inPath, collector);
  return {
    schema: collector.schema(),
    path,
    query,
    ...(queryString === undefined ? {} : { queryString }),
    headers,
    cookies,
    ...(bodyPlan === undefined ? {} : { body: bodyPlan }),
    ...collector.defaults(),
  };
}

/** The path with its parameters. One that is not declared is a text; one that the template does not have is left out. */
function pathPlans(
  types: Types,
  operation: Operation,
  declared: readonly Parameter[],
  collector: InputCollector,
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
    const whole = { ...plan, input: collector.add(plan.name, notEmpty(schema, types), true, 'path') };
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

/** A schema that refuses what would leave nothing in the path: an empty text, list or object. */
function notEmpty(schema: JsonSchema, types: Types): JsonSchema {
  const target = resolved(schema, types.lookup);
  if (target === undefined || typeof schema === 'boolean') return schema;
  const needs = typesOf(target).flatMap((type) => Object.entries(LEAST[type] ?? {}));
  const missing = needs.filter(([keyword]) => !(Number(target[keyword as keyof JsonSchemaObject] ?? 0) >= 1));
  if (target.enum?.includes('') === true) return { ...schema, enum: target.enum.filter((value) => value !== '') };
  const chosen = target.enum !== undefined || target.const !== undefined || target.pattern !== undefined;
  return missing.length === 0 || chosen ? schema : { ...schema, ...Object.fromEntries(missing) };
}

const LEAST: Readonly<Record<string, JsonSchemaObject>> = {
  string: { minLength: 1 },
  array: { minItems: 1 },
  object: { minProperties: 1 },
};

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

function planBody(types: Types, body: BodyDraft, inPath: ReadonlySet<string>, collector: InputCollector): BodyPlan {
  const source = body.properties === undefined ? undefined : spread(types, body.properties, body, inPath, collector);
  const whole = source ?? { input: collector.add(body.name, withDescription(body), body.required, 'body') };
  const [first, ...others] = body.media.map((media) => ({ ...withHeaders(media, collector), source: whole }));
  if (first === undefined) throw new RangeError('A body has a media type.');
  if (others.length > 0) {
    const choices = body.media.map(({ mediaType }) => mediaType);
    const description = `The media type that the body is sent in; default ${first.mediaType}.`;
    collector.addOwn('$contentType', { type: 'string', enum: choices, description });
  }
  return {
    required: body.required,
    media: [first, ...others],
  };
}

/** The headers of parts become inputs of their own. */
function withHeaders({ partHeaders = [], ...media }: MediaDraft, collector: InputCollector): Omit<MediaPlan, 'source'> {
  if (partHeaders.length === 0) return media;
  const encoding: Record<string, EncodingPlan> = { ...media.encoding };
  for (const { property, plan, schema } of partHeaders) {
    const known = Object.hasOwn(encoding, property) ? encoding[property] : undefined;
    const header = { ...plan, input: collector.add(plan.name, schema, false, 'header') };
    put(encoding, property, { ...known, headers: [...(known?.headers ?? []), header] });
  }
  return { ...media, encoding };
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
  inPath: ReadonlySet<string>,
  collector: InputCollector,
): BodySource | undefined {
  const lookup: Lookup = types.lookup;
  const shared = new Map<string, JsonSchema>();
  for (const [name, schema] of Object.entries(properties)) {
    const present = collector.schemaOf(name);
    if (present === undefined) continue;
    const both = inPath.has(name) ? sharedSchema(present, schema, lookup) : undefined;
    if (both === undefined) return undefined;
    shared.set(name, both);
  }
  for (const [name, schema] of shared) collector.replace(name, schema);
  const names: Record<string, string> = {};
  const own: { readonly input: string; readonly required: boolean }[] = [];
  for (const [name, schema] of Object.entries(properties)) {
    const required = body.requiredProperties.has(name);
    const input = collector.has(name) ? name : collector.add(name, schema, body.required && required, 'body');
    put(names, name, input);
    if (!shared.has(name)) own.push({ input, required });
  }
  if (!body.required) {
    const required = own.filter((property) => property.required);
    collector.addTogether(
      own.map(({ input }) => input),
      required.map(({ input }) => input),
    );
  }
  return { properties: names };
}
