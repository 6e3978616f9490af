/** A contact of about 400 bytes as JSON. */
export function contact(id: number) {
  return {
    id,
    firstName: 'Grace',
    lastName: `Hopper-${String(id).padStart(4, '0')}`,
    email: `grace.hopper.${id}@example.com`,
    phone: '+1 202 555 0143',
    company: { id: id * 3, name: 'Eckert–Mauchly Computer Corporation' },
    address: { street: '3747 Ridge Avenue', city: 'Philadelphia', postalCode: '19132', country: 'US' },
    tags: ['compiler', 'navy', 'cobol'],
    active: true,
    score: 98.6,
    createdAt: '2024-05-17T09:30:00Z',
    notes: null,
  };
}

export const contacts = (count: number) => Array.from({ length: count }, (_, index) => contact(index + 1));

/** The OpenAPI document of the service; both our broker and the peer are set up from it. */
export function descriptor(server: string) {
  const reference = { $ref: '#/components/schemas/Contact' };
  const text = { type: 'string' };
  const json = (schema: object) => ({ description: 'Done', content: { 'application/json': { schema } } });
  return {
    openapi: '3.0.3',
    info: { title: 'Contacts', version: '1.0.0' },
    servers: [{ url: server }],
    paths: {
      '/contacts': {
        get: {
          operationId: 'listContacts',
          parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } }],
          responses: { 200: json({ type: 'array', items: reference }) },
        },
      },
      '/contacts/{id}': {
        get: {
          operationId: 'getContact',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: { 200: json(reference) },
        },
      },
    },
    components: {
      schemas: {
        Contact: {
          type: 'object',
          required: ['id', 'firstName', 'lastName'],
          properties: {
            id: { type: 'integer' },
            firstName: text,
            lastName: text,
            email: { ...text, format: 'email' },
            phone: text,
            company: { type: 'object', properties: { id: { type: 'integer' }, name: text } },
            address: { type: 'object', properties: { street: text, city: text, postalCode: text, country: text } },
            tags: { type: 'array', items: text },
            active: { type: 'boolean' },
            score: { type: 'number' },
            createdAt: { ...text, format: 'date-time' },
            notes: { ...text, nullable: true },
          },
        },
      },
    },
  };
}
