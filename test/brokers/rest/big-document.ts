/** What a generated document is made of. */
export interface BigDocumentSize {
  /** Resources; each has five operations and two types. */
  readonly resources: number;
  /** Properties of each type. */
  readonly properties: number;
}

/**
 * An OpenAPI 3.0 document of any size, shaped like real ones: each resource refers to its neighbours, so that the types form
 * circles, and to shared parameters, answers and an error type.
 */
export function bigDocument({ resources, properties }: BigDocumentSize): object {
  const paths: Record<string, object> = {};
  const schemas: Record<string, object> = { Problem: { type: 'object', properties: { title: { type: 'string' } } } };
  for (let index = 0; index < resources; index++) {
    const name = `Thing${index}`;
    schemas[name] = thing(index, resources, properties);
    schemas[`${name}Page`] = page(name);
    Object.assign(paths, pathsOf(name, `/areas/area${index % 50}/things${index}s`));
  }
  return {
    openapi: '3.0.3',
    info: { title: 'A big service', version: '1' },
    servers: [{ url: 'https://big.example.com/api' }],
    paths,
    components: {
      schemas,
      parameters: {
        Id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
        Cursor: { name: 'cursor', in: 'query', schema: { type: 'string' } },
      },
      responses: { Problem: { description: 'Error', content: json('Problem') } },
    },
  };
}

function thing(index: number, resources: number, count: number): object {
  const properties: Record<string, object> = { id: { type: 'string', readOnly: index % 10 === 0 } };
  for (let number = 0; number < count; number++) {
    properties[`property_${number}`] = {
      type: 'string',
      nullable: true,
      maxLength: 100 + number,
      description: `What property ${number} of thing ${index} tells, in a sentence of the usual length.`,
    };
  }
  properties.next = { $ref: `#/components/schemas/Thing${(index + 1) % resources}` };
  return { type: 'object', required: ['id'], properties };
}

function page(name: string): object {
  const data = { type: 'array', items: { $ref: `#/components/schemas/${name}` } };
  return { type: 'object', properties: { data, next_cursor: { type: 'string', nullable: true } } };
}

function pathsOf(name: string, path: string): Record<string, object> {
  const id = { $ref: '#/components/parameters/Id' };
  const cursor = { $ref: '#/components/parameters/Cursor' };
  const body = { required: true, content: json(name) };
  return {
    [path]: {
      get: { operationId: `list${name}`, parameters: [cursor], responses: answers(`${name}Page`) },
      post: { operationId: `create${name}`, requestBody: body, responses: answers(name) },
    },
    [`${path}/{id}`]: {
      parameters: [id],
      get: { operationId: `get${name}`, responses: answers(name) },
      put: { operationId: `update${name}`, requestBody: body, responses: answers(name) },
      delete: { operationId: `delete${name}`, responses: { 204: { description: 'Gone' } } },
    },
  };
}

function answers(name: string): object {
  return { 200: { description: 'OK', content: json(name) }, default: { $ref: '#/components/responses/Problem' } };
}

function json(name: string): object {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
}
