import type { JsonSchema, JsonSchemaObject, TypeMap } from '../../../config/model/json-schema.js';
import { toDisplayName } from '../../../config/model/names.js';
import type { MethodKind, ServiceMethod } from '../../../config/model/service-object.js';
import type { RequestBinding, Shape, Slot } from '../plan.js';

/** A result's property: where it is in the answer, and its schema. */
export type Result = Readonly<Record<string, readonly [string, JsonSchema]>>;

/** A method that is one request. */
export interface RequestMethod {
  readonly name: string;
  readonly kind: MethodKind;
  readonly description: string;
  readonly verb?: 'GET' | 'POST';
  /** Inputs stand in braces, `{id:number}`; the rest is escaped already. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly inputs?: TypeMap;
  readonly required?: readonly string[];
  readonly result?: Result;
  /** Name of a type that has the result. */
  readonly paged?: true;
}

/** Makes a service method of it. @param list title of the list that it is about */
export function requestMethod(method: RequestMethod, operation: string, list?: string): ServiceMethod {
  const { name, kind, description, verb = 'GET', path, body, headers, inputs = {}, required = [], result } = method;
  const binding: RequestBinding = {
    operation: 'request',
    verb,
    path: piecesOf(path),
    ...(body === undefined ? {} : { body }),
    ...(headers === undefined ? {} : { headers }),
    ...(result === undefined ? {} : { shape: shapeOf(result) }),
    ...(list === undefined ? {} : { list }),
  };
  return {
    name,
    displayName: toDisplayName(name),
    description,
    kind,
    input: {
      type: 'object',
      properties: inputs,
      ...(required.length === 0 ? {} : { required: [...required] }),
      additionalProperties: false,
    },
    output: result === undefined ? false : resultSchema(result),
    ...(method.paged === true ? { paged: true } : {}),
    origin: { operation },
    binding,
  };
}

function piecesOf(path: string): RequestBinding['path'] {
  return path.split(/(\{\$?\w+:\w+\})/).flatMap((piece): RequestBinding['path'][number][] => {
    const slot = /^\{(\$?\w+):(\w+)\}$/.exec(piece);
    if (slot !== null) return [{ input: slot[1] ?? '', as: slot[2] as Slot }];
    return piece === '' ? [] : [piece];
  });
}

const shapeOf = (result: Result): Shape => Object.fromEntries(Object.entries(result).map(([name, [at]]) => [name, at]));

export function resultSchema(result: Result): JsonSchemaObject {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(result).map(([name, [, schema]]) => [name, schema])),
    additionalProperties: false,
  };
}

const optional = (schema: JsonSchemaObject): JsonSchema => ({ ...schema, type: [schema.type as 'string', 'null'] });

/** Schemas of what SharePoint says; anything may be missing. */
export const text: JsonSchema = optional({ type: 'string' });
export const integer: JsonSchema = optional({ type: 'integer' });
export const flag: JsonSchema = optional({ type: 'boolean' });
export const instant: JsonSchema = optional({ type: 'string', format: 'date-time' });
export const guid: JsonSchema = optional({ type: 'string', format: 'uuid' });
