import { CallerError } from '../../../config/model/errors.js';
import type { Credential } from '../../../config/model/principal.js';
import { listOf, schemaReference } from '../openapi/operation.js';
import type { ServerParts } from '../parts.js';
import { queryNumber, queryText } from '../query.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';

const tag = 'OAuth token';

/** Everybody's tokens, as an admin sees them: never a token itself. */
export function tokenRoutes({ runtime: { store, oauth } }: ServerParts): Route[] {
  return [
    {
      verb: 'get',
      path: '/api/oauth/tokens',
      access: 'admin',
      operation: {
        id: 'listTokens',
        tag,
        summary: 'List the stored tokens',
        answers: {
          200: { description: 'Whose they are and what state they are in.', schema: listOf(schemaReference('Token')) },
        },
      },
      async handle(_request, response) {
        sendJson(response, { items: await store.tokens.list() });
      },
    },
    {
      verb: 'delete',
      path: '/api/oauth/tokens/{resource}/{credential}',
      access: 'admin',
      operation: {
        id: 'deleteToken',
        tag,
        summary: 'Delete a token',
        description:
          'The next call that needs it asks for consent again. The provider is told where the resource has a revocation endpoint (RFC 7009); ' +
          'one that is away is told later, and until then the token is listed as `revoked`.',
        path: tokenPath,
        answers: { 204: { description: 'Deleted.' } },
      },
      async handle(request, response, { principal }) {
        const resource = String(request.params.resource);
        const credential = credentialIn(String(request.params.credential));
        if (!(await oauth.disconnect(resource, credential))) throw noToken(resource, credential);
        const subject = `${resource} ${credential}`;
        const at = new Date().toISOString();
        await store.audit.append({ at, actor: principal.name, action: 'token.deleted', subject, outcome: 'done' });
        response.status(204).end();
      },
    },
    {
      verb: 'post',
      path: '/api/oauth/tokens/{resource}/{credential}/refresh',
      access: 'admin',
      operation: {
        id: 'refreshToken',
        tag,
        summary: 'Refresh a token now',
        description:
          'Also one that is not due. A failure is answered as what it is, though the present token may still be good.',
        path: tokenPath,
        answers: { 200: { description: 'The token as it is now.', schema: schemaReference('Token') } },
      },
      async handle(request, response, { principal }) {
        const resource = String(request.params.resource);
        const credential = credentialIn(String(request.params.credential));
        await oauth.refresh(resource, credential);
        const subject = `${resource} ${credential}`;
        const at = new Date().toISOString();
        await store.audit.append({ at, actor: principal.name, action: 'token.refreshed', subject, outcome: 'done' });
        const tokens = await store.tokens.list();
        const token = tokens.find((item) => item.resource === resource && item.credential === credential);
        if (token === undefined) throw noToken(resource, credential);
        sendJson(response, token);
      },
    },
    {
      verb: 'get',
      path: '/api/oauth/traces',
      access: 'admin',
      operation: {
        id: 'listTokenTraces',
        tag,
        summary: 'List the records of token flows, newest first',
        description:
          'What was asked of the provider and answered, with secrets and codes masked, how long it took, and the rule that failed. ' +
          'The 25 latest of each credential at each resource are kept.',
        query: {
          resource: { type: 'string', description: 'Of one OAuth resource.' },
          credential: { type: 'string', description: 'Of one credential.' },
          limit: { type: 'integer', minimum: 1, maximum: 1_000, default: 20 },
        },
        answers: { 200: { description: 'The records.', schema: listOf(schemaReference('TokenTrace')) } },
      },
      async handle(request, response) {
        const resource = queryText(request, 'resource');
        const credential = queryText(request, 'credential');
        const limit = queryNumber(request, 'limit', 1, 1_000);
        const query = {
          ...(resource === undefined ? {} : { resource }),
          ...(credential === undefined ? {} : { credential }),
          ...(limit === undefined ? {} : { limit }),
        };
        sendJson(response, { items: await store.traces.list(query) });
      },
    },
    {
      verb: 'post',
      path: '/api/master-keys/rotate',
      access: 'admin',
      operation: {
        id: 'rotateMasterKey',
        tag: 'Operation',
        summary: 'Wrap all stored secrets with another master key',
        description:
          'With a key file, a new key is made; otherwise the newest of SMARTWRIGHT_MASTER_KEY is taken. Nothing is unreadable at any ' +
          'moment, and a rotation that was interrupted goes on.',
        answers: { 200: { description: 'What was done.', schema: schemaReference('MasterKeyRotation') } },
      },
      async handle(_request, response, { principal }) {
        const rotated = await store.rotateMasterKey();
        const entry = { at: new Date().toISOString(), actor: principal.name, action: 'master-key.rotated' };
        await store.audit.append({ ...entry, subject: rotated.masterKey, outcome: 'done' });
        sendJson(response, rotated);
      },
    },
  ];
}

const tokenPath = {
  resource: 'System name of the OAuth resource.',
  credential: '`user:NAME`, `service:NAME` or `application`.',
};

export function credentialIn(text: string): Credential {
  const [, kind, name] = /^(?:application$|(user|service):(.+)$)/s.exec(text) ?? [];
  if (kind === 'user') return `user:${name}`;
  if (kind === 'service') return `service:${name}`;
  if (text === 'application') return 'application';
  throw new CallerError('REQUEST_INVALID', 'A credential is "user:NAME", "service:NAME" or "application".');
}

export const noToken = (resource: string, credential: Credential): CallerError =>
  new CallerError('NOT_FOUND', `There is no token of ${credential} for "${resource}".`);
