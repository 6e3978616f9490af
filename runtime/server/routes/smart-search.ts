import type { Request } from 'express';
import { CallerError } from '../../../config/model/errors.js';
import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import { type MethodKind, methodKinds } from '../../../config/model/service-object.js';
import type { Page } from '../../../config/store/store.js';
import { listOf, schemaReference } from '../openapi/operation.js';
import { arrayOf, integer, record, text } from '../openapi/record.js';
import type { ServerParts } from '../parts.js';
import { queryNumber, queryText } from '../query.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';

const tag = 'SmartObjects';

/** How a search among SmartObjects or methods is narrowed, and which part of what is found is told. */
const searchParameters: Readonly<Record<string, JsonSchemaObject>> = {
  search: {
    type: 'string',
    description: 'Words that stand in system or display names, in any order; case does not matter.',
  },
  category: { type: 'string', description: 'Only those of this category, and of those below it.' },
  instance: { type: 'string', description: 'Only those of this service instance.' },
  kind: { type: 'string', enum: [...methodKinds], description: 'Only methods of this kind, or what has one.' },
  limit: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
  offset: { type: 'integer', minimum: 0, default: 0, description: 'How many to pass over. Not with `after`.' },
  after: { type: 'string', description: 'The `next` of a page: the one that follows it.' },
};

const found = (item: JsonSchemaObject): JsonSchemaObject => {
  const list = listOf(item, { total: { type: 'integer', description: 'On all pages together.' } });
  const next = {
    type: 'string',
    description: 'Pass it as `after` for the page that follows; absent on the last.',
  } as const;
  return { ...list, properties: { ...list.properties, next } };
};

const facet = arrayOf(record({ value: text, methods: integer }));

/** How designers find what there is, among thousands. */
export function smartSearchRoutes({ runtime: { store } }: ServerParts): Route[] {
  return [
    {
      verb: 'get',
      path: '/api/smartobjects',
      access: 'designer',
      operation: {
        id: 'listSmartObjects',
        tag,
        summary: 'Find SmartObjects',
        query: searchParameters,
        answers: {
          200: {
            description: 'Without their schemas, ordered by name.',
            schema: found(schemaReference('SmartObjectSummary')),
          },
        },
      },
      async handle(request, response) {
        sendJson(response, await store.smartObjects.list(wantedPage(request)));
      },
    },
    {
      verb: 'get',
      path: '/api/smartmethods',
      access: 'designer',
      operation: {
        id: 'findMethods',
        tag,
        summary: 'Find methods of SmartObjects',
        description: 'All but those that are `internal`, ordered by object.',
        query: searchParameters,
        answers: { 200: { description: 'Without their schemas.', schema: found(schemaReference('MethodEntry')) } },
      },
      async handle(request, response) {
        sendJson(response, await store.smartObjects.findMethods(wantedPage(request)));
      },
    },
    {
      verb: 'get',
      path: '/api/smartmethods/facets',
      access: 'designer',
      operation: {
        id: 'listMethodFacets',
        tag,
        summary: 'List what a search among methods can be narrowed by',
        answers: {
          200: {
            description: 'Each value with how many methods have it.',
            schema: record({ categories: facet, instances: facet, kinds: facet }),
          },
        },
      },
      async handle(_request, response) {
        sendJson(response, await store.smartObjects.facets());
      },
    },
  ];
}

/** @throws CallerError REQUEST_INVALID */
function wantedPage(request: Request): Page {
  const given = {
    search: queryText(request, 'search'),
    category: queryText(request, 'category'),
    instance: queryText(request, 'instance'),
    kind: queryKind(request),
    limit: queryNumber(request, 'limit', 1, 1000),
    offset: queryNumber(request, 'offset', 0, Number.MAX_SAFE_INTEGER),
    after: queryText(request, 'after'),
  };
  if (given.after !== undefined && given.offset !== undefined) {
    throw new CallerError('REQUEST_INVALID', 'The query has both "after" and "offset"; give one of them.');
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function queryKind(request: Request): MethodKind | undefined {
  const kind = queryText(request, 'kind');
  const known = methodKinds.find((candidate) => candidate === kind);
  if (kind === undefined || known !== undefined) return known;
  throw new CallerError('REQUEST_INVALID', `The query parameter "kind" must be one of ${methodKinds.join(', ')}.`);
}
