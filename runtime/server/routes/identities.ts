import { makeOneTimeLink } from '../../identity/index.js';
import { listOf, schemaReference } from '../openapi/operation.js';
import type { ServerParts } from '../parts.js';
import { queryNumber, queryText } from '../query.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';
import { documentRoutes, nameIn, unknown } from './documents.js';

/** Users, API keys, and the audit of what they did. */
export function identityRoutes(parts: ServerParts): Route[] {
  const { runtime } = parts;
  const { store } = runtime;
  return [
    ...documentRoutes(parts, { path: '/api/users', repository: store.users, noun: 'User', read: 'admin' }),
    {
      verb: 'post',
      path: '/api/users/{name}/sign-in-link',
      access: 'admin',
      operation: {
        id: 'makeSignInLink',
        tag: 'User',
        summary: 'Make a one-time sign-in link for a user',
        description:
          'For a first sign-in or a forgotten password. It works once, within 15 minutes, and is shown only here.',
        path: { name: 'The user name.' },
        answers: { 201: { description: 'The link.', schema: schemaReference('SignInLink') } },
      },
      async handle(request, response, { principal }) {
        const user = await store.users.get(nameIn(request));
        if (user === undefined) throw unknown('User', nameIn(request));
        const { name } = user.document;
        const link = await makeOneTimeLink(store.sessions, name, runtime.publicUrl());
        const at = new Date().toISOString();
        await store.audit.append({
          at,
          actor: principal.name,
          action: 'user.link-made',
          subject: name,
          outcome: 'done',
        });
        sendJson(response, link, 201);
      },
    },
    ...documentRoutes(parts, {
      path: '/api/trusted-issuers',
      repository: store.trustedIssuers,
      noun: 'Trusted issuer',
      read: 'admin',
    }),
    ...documentRoutes(parts, { path: '/api/keys', repository: store.apiKeys, noun: 'API key', read: 'admin' }),
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
          action: { type: 'string', description: 'Such as `ServiceInstance.saved`.' },
          subject: { type: 'string' },
          limit: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
          before: { type: 'string', format: 'date-time', description: 'Only entries before this one’s `at`.' },
        },
        answers: { 200: { description: 'Newest first.', schema: listOf(schemaReference('AuditEntry')) } },
      },
      async handle(request, response) {
        const texts = ['actor', 'action', 'subject', 'before'].map((name) => [name, queryText(request, name)] as const);
        const given = Object.fromEntries(texts.filter(([, text]) => text !== undefined));
        const limit = queryNumber(request, 'limit', 1, 1000) ?? 100;
        sendJson(response, { items: await store.audit.list({ ...given, limit }) });
      },
    },
  ];
}
