import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import { callShapes } from '../../engine/flat-input.js';
import { CALL_PATH, serveCall } from '../call.js';
import { flatDefinition } from '../flat-definition.js';
import { definitionTypes } from '../method-schema.js';
import { schemaReference } from '../openapi/operation.js';
import type { ServerParts } from '../parts.js';
import { queryShape } from '../query.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';
import { unknown } from './documents.js';

const tag = 'SmartObjects';
const shapeParameter: JsonSchemaObject = {
  type: 'string',
  enum: [...callShapes],
  default: 'nested',
  description: '`flat`: every nested property under its flat name, such as `address.city`.',
};
const path = { object: 'System name of the SmartObject.', method: 'System name of the method.' };

/** What designers and programs use: the definitions of SmartObjects, and calls of their methods. */
export function smartObjectRoutes(parts: ServerParts): Route[] {
  const { store } = parts.runtime;

  return [
    {
      verb: 'get',
      path: '/api/smartobjects/{object}',
      access: 'designer',
      operation: {
        id: 'getSmartObject',
        tag,
        summary: 'Read the definition of a SmartObject',
        description:
          'A schema refers to a named type by `#/types/NAME`; `types` holds all that are referred to. With `?shape=flat`, nested properties have flat names, each with its K2 data type: what a call with `?shape=flat` takes and gives.',
        path,
        query: { shape: shapeParameter },
        answers: {
          200: {
            description: 'The definition.',
            schema: { anyOf: [schemaReference('SmartObject'), schemaReference('FlatSmartObject')] },
          },
        },
      },
      async handle(request, response) {
        const name = String(request.params.object);
        const object = await store.smartObjects.get(name);
        if (object === undefined) throw unknown('SmartObject', name);
        const types = await store.descriptions.types(object.instance, definitionTypes(object));
        const shape = queryShape(request);
        sendJson(response, { ...(shape === 'flat' ? flatDefinition(object, types) : object), types });
      },
    },
    {
      verb: 'post',
      path: CALL_PATH,
      access: 'user',
      operation: {
        id: 'callMethod',
        tag,
        summary: 'Call a method of a SmartObject',
        description:
          'The body is the input; an empty one is `{}`. For the next page of a list, repeat the call with its `next` as `$next`; `$top` and `$skip` ask for a part of it. By `Accept`, a file comes as its bytes (any media type but those named here), and all items of a list as they arrive (`application/x-ndjson`, `text/event-stream`). When a person has to give consent first, the problem has the code `AUTHORIZATION_REQUIRED` and an `authorizationUrl` to open; the same call succeeds after that.',
        path,
        query: { shape: shapeParameter },
        headers: {
          'Smartwright-Act-As': {
            type: 'string',
            description: 'Whose tokens the call uses, `service:NAME` or `user:NAME`, where the API key may act as it.',
          },
        },
        body: { schema: { type: 'object' }, optional: true },
        answers: {
          200: {
            description: 'The result; for a list, a page of it.',
            schema: { anyOf: [schemaReference('ListPage'), {}] },
          },
          204: { description: 'The method has no result.' },
        },
      },
      // The front serves calls before they get here; what comes has a URL that it left to Express.
      handle: ({ params, originalUrl }, _response, _caller, exchange) => {
        const query = originalUrl.split('?').slice(1).join('?');
        return serveCall({ object: String(params.object), method: String(params.method), query }, exchange, parts);
      },
    },
  ];
}
