import type { Broker, MethodResult } from '../../brokers/broker.js';
import { UpstreamError } from '../../config/model/errors.js';
import { type JsonSchemaObject, typeReference } from '../../config/model/json-schema.js';
import type { ServiceMethod } from '../../config/model/service-object.js';

const contact = typeReference('Contact');
const byId: JsonSchemaObject = {
  type: 'object',
  properties: { id: { type: 'integer' } },
  required: ['id'],
  additionalProperties: false,
};

const method = (name: string, kind: ServiceMethod['kind'], more: Partial<ServiceMethod> = {}): ServiceMethod => ({
  name,
  displayName: name,
  kind,
  input: byId,
  output: contact,
  binding: { path: `/${name}` },
  ...more,
});

const isBinding = (value: unknown): value is { path: string } =>
  typeof value === 'object' && value !== null && 'path' in value;

/** A service type of the tests' own: each method is a request to `serviceUrl`, whose JSON answer is its result. */
export const broker: Broker = {
  type: 'probe',
  displayName: 'Probe',
  description: 'A service of the tests.',
  keys: {
    type: 'object',
    properties: { serviceUrl: { type: 'string', title: 'Service URL' } },
    required: ['serviceUrl'],
    additionalProperties: false,
  },

  async describe(keys, { http }) {
    const answer = await http.send({ method: 'GET', url: `${keys.serviceUrl}/describe`, headers: {} });
    await answer.text();
    return {
      title: 'Probe',
      serviceObjects: [
        {
          name: 'Contact',
          displayName: 'Contact',
          properties: [{ name: 'id', displayName: 'Id', schema: { type: 'integer' }, key: true }],
          methods: [
            method('read', 'read'),
            method('list', 'list', {
              input: { type: 'object', properties: { limit: { type: 'integer' } }, additionalProperties: false },
              paged: true,
            }),
            method('delete', 'delete', { output: false }),
            method('echo', 'execute', { input: { type: 'object', properties: { value: {} } }, output: true }),
            method('slow', 'execute', { output: true }),
            method('refuse', 'execute', { output: true }),
            method('defect', 'execute', { output: true }),
          ],
        },
      ],
      types: {
        Contact: {
          type: 'object',
          properties: {
            id: { type: 'integer' },
            manager: contact,
            place: {
              type: 'object',
              properties: { city: { type: 'string' }, since: { type: 'string', format: 'date' } },
            },
            tags: { type: 'array', items: { $ref: '#/$defs/Tag' } },
          },
          $defs: { Tag: { type: 'string' } },
        },
      },
      diagnostics: [{ severity: 'skipped', code: 'ODD', operation: 'GET /odd', message: 'It is odd.' }],
      operations: 8,
      hosts: [new URL(String(keys.serviceUrl)).host],
    };
  },

  async execute({ keys, method: { binding, kind, output }, input }, { http }): Promise<MethodResult> {
    const path = isBinding(binding) ? binding.path : '';
    if (path === '/defect') throw new Error('canary-of-a-defect');
    if (path === '/echo') return { value: input.value };
    const answer = await http.send({
      method: 'POST',
      url: `${keys.serviceUrl}${path}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const body = JSON.parse((await answer.text()) || 'null');
    if (answer.status >= 400) {
      throw new UpstreamError('UPSTREAM_REFUSED', `The service answered ${answer.status}.`, {
        extensions: { upstream: { status: answer.status, headers: {}, body } },
      });
    }
    if (kind === 'list')
      return { items: body.items, ...(body.next !== undefined && { next: body.next }), meta: { total: 3 } };
    return { value: output === false ? undefined : body };
  },
};
