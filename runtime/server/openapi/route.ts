import type { Runtime } from '../../runtime.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';
import { openApiDocument } from './document.js';

/** Serves the description of `routes`, and of itself. */
export function openApiRoute(routes: readonly Route[], runtime: Pick<Runtime, 'publicUrl'>): Route {
  const route: Route = {
    verb: 'get',
    path: '/openapi.json',
    access: 'anyone',
    operation: {
      id: 'getOpenApi',
      tag: 'Operation',
      summary: 'This description',
      answers: { 200: { description: 'OpenAPI 3.1.', schema: { type: 'object' } } },
    },
    handle: (_request, response) => sendJson(response, openApiDocument([...routes, route], runtime.publicUrl())),
  };
  return route;
}
