/**
 * A description of any size, of the shape that large vendors' have: resources with the usual operations, shared schemas that
 * refer to each other in cycles, error answers, parameters by reference.
 *
 * @param operations five for each resource
 * @param padding bytes for each resource, to reach a size: half of them properties with a description, half an example
 */
export function syntheticDescriptor(operations: number, padding: number): object {
  const resources = Math.ceil(operations / 5);
  const more = Object.fromEntries(Array.from({ length: Math.floor(padding / 2 / PROPERTY) }, (_, n) => property(n)));
  const example = { note: 'What an answer looks like. '.repeat(Math.ceil(padding / 2 / 27)) };
  const paths: Record<string, object> = {};
  const schemas: Record<string, object> = {
    Error: { type: 'object', properties: { code: { type: 'string' }, message: { type: 'string' } } },
  };
  const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const json = (schema: object, shown?: object) => ({
    description: 'An answer.',
    content: { 'application/json': { schema, ...(shown === undefined ? {} : { example: shown }) } },
  });
  const failed = { default: { $ref: '#/components/responses/Failed' } };
  for (let n = 0; n < resources; n++) {
    const name = `Resource${n}`;
    const schema = reference(name);
    const next = `Resource${(n * 7 + 1) % resources}`;
    schemas[name] = {
      type: 'object',
      description: 'What the service keeps of it.',
      required: ['id', 'name'],
      properties: {
        id: { type: 'string', format: 'uuid', readOnly: true },
        name: { type: 'string', maxLength: 200 },
        state: { type: 'string', enum: ['draft', 'open', 'closed'] },
        amount: { type: 'number', nullable: true },
        parent: schema,
        next: reference(next),
        tags: { type: 'array', items: { type: 'string' } },
        details: {
          allOf: [
            reference(`Resource${(n + 1) % resources}`),
            { type: 'object', properties: { note: { type: 'string' } } },
          ],
        },
        createdAt: { type: 'string', format: 'date-time', readOnly: true },
        ...more,
      },
    };
    const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
    const body = { required: true, content: { 'application/json': { schema } } };
    const tags = [name];
    paths[`/resource-${n}s`] = {
      get: {
        operationId: `list${name}`,
        tags,
        parameters: [{ $ref: '#/components/parameters/Limit' }],
        responses: { 200: json({ type: 'array', items: schema }), ...failed },
      },
      post: { operationId: `create${name}`, tags, requestBody: body, responses: { 201: json(schema), ...failed } },
    };
    paths[`/resource-${n}s/{id}`] = {
      parameters: [id],
      get: { operationId: `get${name}`, tags, responses: { 200: json(schema, example), ...failed } },
      put: { operationId: `update${name}`, tags, requestBody: body, responses: { 200: json(schema), ...failed } },
      delete: { operationId: `delete${name}`, tags, responses: { 204: { description: 'Gone.' }, ...failed } },
    };
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Synthetic', version: '1' },
    servers: [{ url: 'https://api.example.com' }],
    paths,
    components: {
      schemas,
      parameters: { Limit: { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } } },
      responses: { Failed: json(reference('Error')) },
    },
  };
}

/** Bytes of one more property, about. */
const PROPERTY = 180;

function property(n: number): [string, object] {
  const schema = n % 3 === 0 ? { type: 'integer', minimum: 0 } : { type: 'string', nullable: true, maxLength: 100 + n };
  return [
    `property_${n}`,
    { ...schema, description: `What property ${n} tells of it, in a sentence of the usual length.` },
  ];
}
