import type { Request } from 'express';
import { CallerError } from '../../../config/model/errors.js';
import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import { hasRole } from '../../../config/model/principal.js';
import type { CutQuery } from '../../../config/store/store.js';
import { listOf, schemaReference } from '../openapi/operation.js';
import type { ServerParts } from '../parts.js';
import { queryNumber, queryText } from '../query.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';

/** Who did what: the audit, and the recent calls. */
export function recordRoutes({ runtime: { store } }: ServerParts): Route[] {
  return [
    {
      verb: 'get',
      path: '/api/audit',
      access: 'admin',
      operation: {
        id: 'listAudit',
        tag: 'Audit',
        summary: 'Read who did what',
        query: {
          actor: { type: 'string' },
          action: {
            type: 'string',
            description: 'Such as `ServiceInstance.saved`; `token.*` is every one that begins so.',
          },
          subject: { type: 'string', description: 'Such as `Salesforce`; `Salesforce*` is every one that begins so.' },
          outcome: { type: 'string', enum: ['done', 'refused', 'failed'] },
          ...cutParameters,
        },
        answers: { 200: { description: 'Newest first.', schema: cutOf('AuditEntry') } },
      },
      async handle(request, response) {
        const { outcome, ...texts } = textsOf(request, ['actor', 'action', 'subject', 'outcome']);
        const chosen =
          outcome === undefined ? {} : { outcome: oneOf(outcome, ['done', 'refused', 'failed'], 'outcome') };
        sendJson(response, await store.audit.list({ ...texts, ...chosen, ...cutQuery(request) }));
      },
    },
    {
      verb: 'get',
      path: '/api/calls',
      access: 'designer',
      operation: {
        id: 'listCalls',
        tag: 'Operation',
        summary: 'Read the recent calls of methods',
        description:
          'Who called what, when, how long it took and what it came to; never inputs or outputs. Who is no admin sees their own. ' +
          'A call shows up to a second later; where more than 500 a second go well, not each of them does.',
        query: {
          object: { type: 'string', description: 'Of one SmartObject.' },
          method: { type: 'string' },
          instance: { type: 'string', description: 'Of one service instance.' },
          actor: { type: 'string' },
          outcome: { type: 'string', enum: ['done', 'failed'] },
          code: { type: 'string', description: 'That failed with one error code.' },
          ...cutParameters,
        },
        answers: { 200: { description: 'Newest first.', schema: cutOf('Call') } },
      },
      async handle(request, response, { principal }) {
        const { outcome, ...texts } = textsOf(request, ['object', 'method', 'instance', 'actor', 'outcome', 'code']);
        const chosen = outcome === undefined ? {} : { outcome: oneOf(outcome, ['done', 'failed'], 'outcome') };
        const own = hasRole(principal, 'admin') ? {} : { actor: principal.name };
        sendJson(response, await store.calls.list({ ...texts, ...chosen, ...own, ...cutQuery(request) }));
      },
    },
    {
      verb: 'delete',
      path: '/api/calls',
      access: 'admin',
      operation: {
        id: 'forgetCalls',
        tag: 'Operation',
        summary: 'Forget the recent calls',
        answers: { 204: { description: 'Forgotten.' } },
      },
      async handle(_request, response, { principal: { name: actor } }) {
        const calls = await store.calls.clear();
        const at = new Date().toISOString();
        await store.audit.append({ at, actor, action: 'calls.forgotten', subject: `${calls} calls`, outcome: 'done' });
        response.status(204).end();
      },
    },
  ];
}

const time = (description: string): JsonSchemaObject => ({ type: 'string', format: 'date-time', description });

const cutParameters: Readonly<Record<string, JsonSchemaObject>> = {
  since: time('Only from this time on.'),
  before: time('Only before this time.'),
  limit: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
  cursor: { type: 'string', description: 'The `next` of the page before.' },
};

const cutOf = (name: string): JsonSchemaObject => {
  const { properties, ...list } = listOf(schemaReference(name));
  const next: JsonSchemaObject = {
    type: 'string',
    description: 'Give it as `cursor` for the page that follows; absent on the last.',
  };
  return { ...list, properties: { ...properties, next } };
};

function cutQuery(request: Request): CutQuery {
  const limit = queryNumber(request, 'limit', 1, 1000);
  return { ...textsOf(request, ['since', 'before', 'cursor']), ...(limit === undefined ? {} : { limit }) };
}

/** Those of the query's texts that are given. */
function textsOf<Name extends string>(request: Request, names: readonly Name[]): { readonly [N in Name]?: string } {
  const texts = names.map((name) => [name, queryText(request, name)] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined)) as { readonly [N in Name]?: string };
}

function oneOf<Value extends string>(text: string, values: readonly Value[], name: string): Value {
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  throw new CallerError('REQUEST_INVALID', `The query parameter "${name}" must be ${values.join(' or ')}.`);
}
