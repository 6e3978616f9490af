import { readFile } from 'node:fs/promises';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'yaml';
import { type FieldProblem, notFound, Problem, unprocessable } from './problem.js';

/** What the descriptor says of one operation, as far as the service acts by it. */
export interface Operation {
  readonly id: string;
  readonly verb: 'delete' | 'get' | 'patch' | 'post' | 'put';
  /** As Express writes it: `/contacts/:contactId`. */
  readonly path: string;
  readonly scope: string;
  /** The request's parts after validation: numbers are numbers, defaults are filled in. */
  read(request: RawRequest): ValidRequest;
}

export interface RawRequest {
  readonly path: object;
  readonly query: object;
  readonly body: unknown;
}

export interface ValidRequest {
  readonly path: object;
  readonly query: object;
  readonly body: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: object;
}

interface OperationObject {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | { $ref: string })[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: object }> };
  readonly security?: readonly { person: readonly string[] }[];
}

interface Document {
  readonly paths: Record<string, Record<string, OperationObject> & { parameters?: OperationObject['parameters'] }>;
  readonly components: { readonly parameters: Record<string, Parameter> };
  readonly security: readonly { person: readonly string[] }[];
}

const DESCRIPTOR = 'crm';

/** Reads `openapi.yaml`: the service checks its requests and its callers' scopes by its own description. */
export async function readContract(): Promise<Operation[]> {
  const document = parse(await readFile(new URL('openapi.yaml', import.meta.url), 'utf8')) as Document;
  const compile = compiler(document);
  return Object.entries(document.paths).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((verb) => {
      const operation = item[verb];
      if (operation === undefined) return [];
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) =>
        '$ref' in parameter ? (document.components.parameters[lastPart(parameter.$ref)] as Parameter) : parameter,
      );
      const [media] = Object.values(operation.requestBody?.content ?? {});
      return {
        id: operation.operationId,
        verb,
        path: path.replaceAll(/\{(\w+)\}/g, ':$1'),
        scope: (operation.security ?? document.security)[0]?.person[0] ?? '',
        read: reader(
          compile(objectOf(parameters, 'path'), true),
          compile(objectOf(parameters, 'query'), true),
          media === undefined ? undefined : compile(media.schema, false),
        ),
      };
    }),
  );
}

function reader(
  path: ValidateFunction,
  query: ValidateFunction,
  body: ValidateFunction | undefined,
): Operation['read'] {
  return (raw) => {
    const request = { path: { ...raw.path }, query: { ...raw.query }, body: raw.body };
    if (!path(request.path)) throw notFound('thing at', Object.values(raw.path).join('/'));
    if (!query(request.query)) {
      const errors = fieldProblems(query.errors);
      throw new Problem(400, 'Wrong parameter', errors.map((e) => `${e.pointer.slice(1)} ${e.detail}`).join('; '), {
        errors,
      });
    }
    if (body !== undefined && !body(request.body)) throw unprocessable(fieldProblems(body.errors));
    return request;
  };
}

/** Compiles schemas of the descriptor; `coerce` turns the text of parameters into what their schemas say. */
function compiler(document: object): (schema: object, coerce: boolean) => ValidateFunction {
  const make = (coerceTypes: false | 'array') => {
    const ajv = new Ajv2020({ allErrors: true, strict: false, useDefaults: true, coerceTypes });
    formats.default(ajv);
    return ajv.addSchema(document, DESCRIPTOR);
  };
  const [exact, coercing] = [make(false), make('array')];
  return (schema, coerce) => (coerce ? coercing : exact).compile(JSON.parse(absolute(schema)) as object);
}

/** A part of the descriptor, with its references leading back into the whole. */
const absolute = (schema: object): string => JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${DESCRIPTOR}#/`);

function objectOf(parameters: readonly Parameter[], place: string): object {
  const here = parameters.filter((parameter) => parameter.in === place);
  return {
    type: 'object',
    properties: Object.fromEntries(here.map(({ name, schema }) => [name, schema])),
    required: here.filter(({ required }) => required).map(({ name }) => name),
  };
}

function fieldProblems(errors: readonly ErrorObject[] | null | undefined): FieldProblem[] {
  return (errors ?? []).map(({ instancePath, keyword, params, message }) => ({
    pointer: keyword === 'required' ? `${instancePath}/${String(params.missingProperty)}` : instancePath,
    detail:
      keyword === 'required'
        ? 'is required'
        : keyword === 'enum'
          ? `must be one of ${(params.allowedValues as unknown[]).join(', ')}`
          : (message ?? 'is not valid'),
  }));
}

const lastPart = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);
