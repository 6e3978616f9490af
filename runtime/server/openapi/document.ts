import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { documentSchemas } from '../../../config/schema/index.js';
import type { Route } from '../route.js';
import { type Answer, type Operation, schemaReference } from './operation.js';
import { answerSchemas, storedSchema } from './schemas.js';

/** An OpenAPI 3.1 document, as far as it is written here. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly [member: string]: unknown;
}

/** Describes the routes that have an operation. It is made from what is served, so it cannot say something else. */
export function openApiDocument(routes: readonly Route[], url: string): OpenApiDocument {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    if (route.operation === undefined) continue;
    paths[route.path] = { ...paths[route.path], [route.verb]: describe(route, route.operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Smartwright',
      version: '1',
      description:
        'SmartObjects: their definitions, calls of their methods, and the administration of what is behind them.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url }],
    tags: [...new Set(routes.flatMap(({ operation }) => operation?.tag ?? []))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas(),
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `swk_…`.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'smartwright_session',
          description: 'A person who has signed in.',
        },
      },
    },
  };
}

function describe({ path, access }: Route, operation: Operation): object {
  const { id, tag, summary, description, body, answers } = operation;
  const role = access === 'anyone' ? undefined : `Takes the role \`${access}\`.`;
  const told = [description, role].filter((part) => part !== undefined).join('\n\n');
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(told !== '' && { description: told }),
    parameters: parametersOf(path, operation),
    ...(body !== undefined && {
      requestBody: {
        required: body.optional !== true,
        content: { [body.mediaType ?? 'application/json']: { schema: body.schema } },
      },
    }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, describeAnswer(answer)])),
      default: {
        description: 'A problem.',
        content: { 'application/problem+json': { schema: schemaReference('Problem') } },
      },
    },
    security: access === 'anyone' ? [] : [{ apiKey: [] }, { session: [] }],
  };
}

function parametersOf(template: string, { path = {}, query = {}, headers = {} }: Operation): object[] {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return [
    ...names.map((name) => ({ name, in: 'path', required: true, description: path[name], schema: { type: 'string' } })),
    ...Object.entries(query).map(([name, schema]) => parameter('query', name, schema)),
    ...Object.entries(headers).map(([name, schema]) => parameter('header', name, schema)),
  ];
}

const parameter = (place: 'query' | 'header', name: string, { description, ...schema }: JsonSchemaObject): object => ({
  name,
  in: place,
  ...(description !== undefined && { description }),
  schema,
});

const describeAnswer = ({ description, schema, mediaType = 'application/json', etag }: Answer): object => ({
  description,
  ...(etag === true && { headers: { ETag: { description: 'The version.', schema: { type: 'string' } } } }),
  ...(schema !== undefined && { content: { [mediaType]: { schema } } }),
});

/** The schemas of admin documents are the ones that validate them; a local reference within one starts from its new place. */
function schemas(): Record<string, JsonSchema> {
  const documents = Object.entries(documentSchemas).map(([kind, schema]): [string, JsonSchema] => [
    kind,
    moved(kind, schema),
  ]);
  const stored = Object.keys(documentSchemas).map((kind): [string, JsonSchema] => [
    `Stored${kind}`,
    storedSchema(kind),
  ]);
  return { ...Object.fromEntries([...documents, ...stored]), ...answerSchemas };
}

function moved(kind: string, schema: unknown): JsonSchema {
  const place = `#/components/schemas/${kind}`;
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === '$ref' && typeof value === 'string' && value.startsWith('#') ? place + value.slice(1) : value,
  );
}
