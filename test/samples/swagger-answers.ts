import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';

interface SwaggerResponse {
  readonly $ref?: string;
  readonly schema?: object & { type?: string };
}
interface Swagger {
  readonly paths: Record<string, Record<string, { responses: Record<string, SwaggerResponse> }>>;
  readonly responses: Record<string, SwaggerResponse>;
}

/** Judges answers by a Swagger 2.0 document: the status must be declared and the body must fit its schema. */
export function swaggerAnswers(yaml: string): (verb: string, path: string, status: number, body: unknown) => string[] {
  const swagger = parse(yaml, reviveNullable) as Swagger;
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(swagger, 'swagger');
  const compile = (schema: object): ValidateFunction =>
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"swagger#/')) as object);

  return (verb, path, status, body) => {
    const [template, item] =
      Object.entries(swagger.paths).find(([candidate]) =>
        new RegExp(`^${candidate.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
      ) ?? [];
    if (item === undefined) return [`${path} is not described`];
    let response = item[verb.toLowerCase()]?.responses[String(status)];
    if (response?.$ref !== undefined) response = swagger.responses[response.$ref.replace('#/responses/', '')];
    if (response === undefined) return [`${verb} ${template} does not declare ${status}`];
    if (response.schema === undefined) return body === undefined ? [] : [`${verb} ${template} declares no body`];
    if (response.schema.type === 'file') return body instanceof Uint8Array ? [] : ['the body is no file'];
    const validate = compile(response.schema);
    validate(body);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

/** `x-nullable` as JSON Schema says it. */
function reviveNullable(_key: unknown, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('x-nullable' in value) || !('type' in value)) return value;
  return { ...value, type: [value.type, 'null'] };
}
