import { makeOneTimeLink } from '../../identity/index.js';
import { schemaReference } from '../openapi/operation.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';
import { documentRoutes, nameIn, unknown } from './documents.js';

/** Users, API keys, and who else may vouch for people. */
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
    ...documentRoutes(parts, {
      path: '/api/sign-in-providers',
      repository: store.signInProviders,
      noun: 'Sign-in provider',
      read: 'admin',
    }),
    ...documentRoutes(parts, { path: '/api/keys', repository: store.apiKeys, noun: 'API key', read: 'admin' }),
  ];
}
