import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import type { DeclaredError, MethodKind } from '../../../config/model/service-object.js';
import { rawText } from '../load/index.js';
import type { RequestPlan } from '../plan.js';
import { isStructural, itemsOf, type Lookup, objectView, resolved, type Types } from '../types/index.js';
import type { AnswerReader, Answers } from './answers.js';
import { bodyOf } from './body.js';
import { headersSchema } from './headers.js';
import { methodInput } from './input.js';
import { type FoundList, findList } from './list.js';
import { type Gives, type MethodShape, methodShape } from './method-shape.js';
import type { Operation } from './operations.js';
import { findPaging } from './paging.js';
import type { BodyParameter, Parameter, Parameters } from './parameters.js';
import type { Resource } from './resource.js';
import type { Servers } from './servers.js';
import { isSingleton } from './words.js';

/** One operation as a method, before it has a name and its types have their input and output forms. */
export interface MethodDraft {
  readonly operation: Operation;
  readonly resource: Resource;
  readonly shape: MethodShape;
  readonly kind: MethodKind;
  readonly description?: string;
  readonly deprecated: boolean;
  readonly input: JsonSchema;
  readonly output: JsonSchema;
  readonly meta?: JsonSchema;
  readonly paged: boolean;
  readonly errors: readonly DeclaredError[];
  readonly plan: RequestPlan;
  /** The inputs that come from the body, by name: what the object consists of when no answer tells. */
  readonly bodyProperties: Readonly<Record<string, JsonSchema>>;
}

/** What operations are drafted with. */
export interface DraftTools {
  readonly types: Types;
  readonly parameters: Parameters;
  readonly answers: AnswerReader;
  readonly servers: Servers;
  /** Whether a parameter only carries credentials, which the instance's authentication adds. */
  readonly isSecurity: (parameter: Parameter) => boolean;
}

export function draftMethod(tools: DraftTools, operation: Operation): MethodDraft {
  const { types } = tools;
  const lookup: Lookup = types.lookup;
  const all = tools.parameters.of(operation);
  const declared = all.filter(isParameter).filter((parameter) => !tools.isSecurity(parameter));
  const body = bodyOf(types, operation, all.filter(isBodyParameter));
  const { schema, query, body: bodyPlan, defaults, ...places } = methodInput(types, operation, declared, body);
  const answers = tools.answers.of(operation);
  const { resource } = operation;
  const found = listOf(answers, resource, operation, lookup);
  const shape = methodShape({
    operation,
    resource,
    isList: found !== undefined,
    gives: givenBy(answers, lookup),
    takesArray: body !== undefined && itemsOf(body.schema, lookup) !== undefined,
  });
  const list = shape.kind === 'list' ? found : undefined;
  const inputs = query.map((plan) => ({
    name: plan.name,
    input: plan.input,
    schema: schema.properties?.[plan.input] ?? {},
  }));
  const paging =
    list && !answers.streamed ? findPaging({ list, query: inputs, linked: answers.linked, lookup }) : undefined;
  const description = rawText(operation.raw.description) ?? rawText(operation.raw.summary);
  const meta = list && listMeta(list, answers);
  return {
    operation,
    resource,
    shape,
    kind: shape.kind,
    ...(description === undefined ? {} : { description }),
    deprecated: operation.raw.deprecated === true,
    input: schema,
    output: list?.item ?? withHeaders(answers, lookup),
    ...(meta === undefined ? {} : { meta }),
    paged: paging !== undefined && paging.style !== 'none',
    errors: answers.errors,
    plan: {
      verb: operation.verb,
      server: tools.servers.urlOf(operation),
      ...places,
      query,
      ...(answers.accept === undefined ? {} : { accept: answers.accept }),
      ...(bodyPlan === undefined ? {} : { body: bodyPlan }),
      ...(defaults === undefined ? {} : { defaults }),
      answers: answers.plans,
      ...(answers.errorPlans.length > 0 ? { errors: answers.errorPlans } : {}),
      ...(list === undefined ? {} : { list: { items: list.path, ...(paging === undefined ? {} : { paging }) } }),
    },
    bodyProperties: body?.properties ?? {},
  };
}

const isBodyParameter = (parameter: Parameter | BodyParameter): parameter is BodyParameter =>
  parameter.in === 'body' || parameter.in === 'formData';

const isParameter = (parameter: Parameter | BodyParameter): parameter is Parameter => !isBodyParameter(parameter);

function givenBy({ output }: Answers, lookup: Lookup): Gives {
  if (output === false) return 'nothing';
  if (objectView(output, lookup) !== undefined) return 'object';
  return isUnknown(output) ? 'unknown' : 'value';
}

const isUnknown = (schema: JsonSchema): boolean =>
  schema === true || (typeof schema === 'object' && !Object.keys(schema).some(isStructural));

function listOf(answers: Answers, resource: Resource, operation: Operation, lookup: Lookup): FoundList | undefined {
  if (answers.streamed) return { path: [], item: answers.output };
  const asked = operation.verb === 'GET' || operation.verb === 'QUERY' || resource.role === 'action';
  const found = findList(answers.output, lookup, resource.noun, asked && resource.role !== 'item');
  if (found !== undefined || operation.verb !== 'GET' || !isUnknown(answers.output)) return found;
  // A document that does not tell what is answered: by convention, things as a whole are listed.
  return resource.role === 'collection' && resource.plural && !isSingleton(resource.noun)
    ? { path: [], item: {} }
    : undefined;
}

function listMeta({ meta }: FoundList, { headers }: Answers): JsonSchema | undefined {
  if (headers === undefined) return meta;
  const own = typeof meta === 'object' ? meta : { type: 'object' as const };
  return { ...own, properties: { ...own.properties, $headers: headersSchema(headers) } };
}

/** The output with the declared headers as `$headers`, where it is an object or nothing. */
function withHeaders({ output, headers }: Answers, lookup: Lookup): JsonSchema {
  if (headers === undefined) return output;
  const extra: JsonSchemaObject = { type: 'object', properties: { $headers: headersSchema(headers) } };
  if (output === false) return extra;
  if (objectView(output, lookup) === undefined) return output;
  const target = resolved(output, lookup);
  // A closed object would refuse the addition.
  if (target?.additionalProperties === false)
    return { ...target, properties: { ...target.properties, ...extra.properties } };
  return { allOf: [output, extra] };
}
