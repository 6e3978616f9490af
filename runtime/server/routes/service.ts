import { schemaReference } from '../openapi/operation.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';

const tag = 'Operation';

/** For whoever watches the server. */
export function serviceRoutes({ runtime: { store }, metrics }: ServerParts): Route[] {
  return [
    {
      verb: 'get',
      path: '/healthz',
      access: 'anyone',
      operation: {
        id: 'health',
        tag,
        summary: 'Whether the process is alive',
        answers: { 200: { description: 'It is.', schema: schemaReference('Health') } },
      },
      handle: (_request, response) => sendJson(response, { status: 'ok' }),
    },
    {
      verb: 'get',
      path: '/readyz',
      access: 'anyone',
      operation: {
        id: 'readiness',
        tag,
        summary: 'Whether it can serve calls: it is not stopping, and the store answers',
        answers: { 200: { description: 'It can; otherwise 503.', schema: schemaReference('Health') } },
      },
      async handle(_request, response) {
        await store.ping();
        sendJson(response, { status: 'ok' });
      },
    },
    {
      verb: 'get',
      path: '/metrics',
      access: 'anyone',
      operation: {
        id: 'metrics',
        tag,
        summary: 'Counters in the Prometheus text format',
        answers: { 200: { description: 'The counters.', schema: { type: 'string' }, mediaType: 'text/plain' } },
      },
      handle(_request, response) {
        response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8');
        response.end(metrics.write());
      },
    },
  ];
}
