import { listOf, schemaReference } from '../openapi/operation.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';
import { noToken } from './tokens.js';

const tag = 'You';

/** Who is calling, and the caller's own tokens. */
export function meRoutes({ runtime: { store, oauth } }: ServerParts): Route[] {
  return [
    {
      verb: 'get',
      path: '/api/me',
      access: 'user',
      operation: {
        id: 'getMe',
        tag,
        summary: 'Who you are here',
        answers: { 200: { description: 'You.', schema: schemaReference('Me') } },
      },
      async handle(_request, response, { principal: { name, credential, roles, via } }) {
        const user = credential.startsWith('user:') ? await store.users.get(name) : undefined;
        const { displayName, email } = user?.document ?? {};
        sendJson(response, { name, displayName, email, credential, roles, via });
      },
    },
    {
      verb: 'get',
      path: '/api/me/connections',
      access: 'user',
      operation: {
        id: 'listMyConnections',
        tag,
        summary: 'List the OAuth resources that you can connect to',
        description: 'Those whose tokens a person brings by a consent, with yours where there is one.',
        answers: { 200: { description: 'Ordered by name.', schema: listOf(schemaReference('Connection')) } },
      },
      async handle(_request, response, { principal: { credential } }) {
        const [resources, tokens] = await Promise.all([store.resources.list(), store.tokens.list()]);
        const own = new Map(tokens.filter((token) => token.credential === credential).map((t) => [t.resource, t]));
        const items = await Promise.all(
          resources.map(async ({ document: { name: resource, displayName = resource, description } }) => {
            const authorizationUrl = await oauth.consentUrl(resource, credential);
            if (authorizationUrl === undefined) return [];
            const token = own.get(resource);
            return [
              { resource, displayName, description, authorizationUrl, ...(token === undefined ? {} : { token }) },
            ];
          }),
        );
        sendJson(response, { items: items.flat() });
      },
    },
    {
      verb: 'get',
      path: '/api/me/tokens',
      access: 'user',
      operation: {
        id: 'listMyTokens',
        tag,
        summary: 'List what you have connected',
        answers: { 200: { description: 'Never a token itself.', schema: listOf(schemaReference('Token')) } },
      },
      async handle(_request, response, { principal: { credential } }) {
        const tokens = await store.tokens.list();
        sendJson(response, { items: tokens.filter((token) => token.credential === credential) });
      },
    },
    {
      verb: 'delete',
      path: '/api/me/tokens/{resource}',
      access: 'user',
      operation: {
        id: 'deleteMyToken',
        tag,
        summary: 'Disconnect yourself from an OAuth resource',
        path: { resource: 'System name of the OAuth resource.' },
        answers: { 204: { description: 'Disconnected.' } },
      },
      async handle(request, response, { principal: { name, credential } }) {
        const resource = String(request.params.resource);
        if (!(await oauth.disconnect(resource, credential))) throw noToken(resource, credential);
        const subject = `${resource} ${credential}`;
        const at = new Date().toISOString();
        await store.audit.append({ at, actor: name, action: 'token.deleted', subject, outcome: 'done' });
        response.status(204).end();
      },
    },
  ];
}
