import { CallerError, ConfigurationError } from '../../../config/model/errors.js';
import type { OAuthResource } from '../../../config/model/oauth-resource.js';
import type { OAuthResourceType } from '../../../config/model/oauth-resource-type.js';
import { checkResourceAgainstType, validateDocument } from '../../../config/schema/index.js';
import type { ProviderImportRequest } from '../../oauth/discovery/import-provider.js';
import { readJson } from '../body.js';
import { listOf, schemaReference } from '../openapi/operation.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';
import { documentRoutes, nameIn, unknown, withNames } from './documents.js';
import { credentialIn } from './tokens.js';

const noun = 'OAuth resource';

/** OAuth resource types, OAuth resources, and what their requests look like. */
export function oauthRoutes(parts: ServerParts): Route[] {
  const { store, oauth, settings } = parts.runtime;

  async function typeOf(resource: OAuthResource): Promise<OAuthResourceType> {
    const type = await store.resourceTypes.get(resource.type);
    if (type !== undefined) return type.document;
    throw new ConfigurationError(
      'DOCUMENT_INVALID',
      `There is no OAuth resource type "${resource.type}". Save it first.`,
      {
        fields: [{ pointer: '/type', message: 'names no OAuth resource type' }],
      },
    );
  }

  const preview = { 200: { description: 'Secrets read `[secret]`.', schema: listOf(schemaReference('StagePreview')) } };
  return [
    ...documentRoutes(parts, {
      path: '/api/oauth/resource-types',
      repository: store.resourceTypes,
      noun: 'OAuth resource type',
      read: 'admin',
    }),
    {
      verb: 'post',
      path: '/api/oauth/resources/preview',
      access: 'admin',
      operation: {
        id: 'previewUnsavedOAuthResource',
        tag: noun,
        summary: 'Show the requests of an OAuth resource before it is saved',
        description: '`type` may hold the resource type, unsaved too; it is read from the store otherwise.',
        body: { schema: schemaReference('PreviewRequest') },
        answers: preview,
      },
      async handle(request, response) {
        const body = await readJson(request, settings.limits.requestBytes);
        const { resource, type } = unsaved(body);
        const used = type ?? (await typeOf(resource));
        checkResourceAgainstType(resource, used);
        sendJson(response, { items: oauth.preview(used, resource) });
      },
    },
    {
      verb: 'post',
      path: '/api/oauth/import',
      access: 'admin',
      operation: {
        id: 'importOAuthProvider',
        tag: noun,
        summary: 'Fill in an OAuth resource and its type from the metadata of a provider',
        description: 'Nothing is saved. `warnings` says what the provider lacks.',
        body: { schema: schemaReference('ProviderImportRequest') },
        answers: { 200: { description: 'Documents to look through.', schema: schemaReference('ProviderImport') } },
      },
      async handle(request, response) {
        sendJson(
          response,
          await oauth.importProvider(importRequest(await readJson(request, settings.limits.requestBytes))),
        );
      },
    },
    {
      verb: 'post',
      path: '/api/oauth/resources/{name}/introspection/{credential}',
      access: 'admin',
      operation: {
        id: 'introspectToken',
        tag: noun,
        summary: 'Ask the provider whether a stored token is active',
        path: {
          name: 'System name of the OAuth resource.',
          credential: '`user:NAME`, `service:NAME` or `application`.',
        },
        answers: { 200: { description: 'What it says (RFC 7662).', schema: schemaReference('Introspection') } },
      },
      async handle(request, response) {
        sendJson(response, await oauth.introspect(nameIn(request), credentialIn(String(request.params.credential))));
      },
    },
    ...documentRoutes(parts, { path: '/api/oauth/resources', repository: store.resources, noun, read: 'admin' }),
    {
      verb: 'get',
      path: '/api/oauth/resources/{name}/preview',
      access: 'admin',
      operation: {
        id: 'previewOAuthResource',
        tag: noun,
        summary: 'Show the requests of an OAuth resource, a stage each',
        path: { name: 'System name of the OAuth resource.' },
        answers: preview,
      },
      async handle(request, response) {
        const resource = await store.resources.get(nameIn(request));
        if (resource === undefined) throw unknown(noun, nameIn(request));
        sendJson(response, { items: oauth.preview(await typeOf(resource.document), resource.document) });
      },
    },
  ];
}

function importRequest(body: unknown): ProviderImportRequest {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const isText = (name: string) => given[name] === undefined || typeof given[name] === 'string';
  const { url, allowedHosts = [] } = given;
  const hostsAreTexts = Array.isArray(allowedHosts) && allowedHosts.every((host) => typeof host === 'string');
  if (typeof url === 'string' && ['name', 'scope', 'clientId'].every(isText) && hostsAreTexts) {
    return given as unknown as ProviderImportRequest;
  }
  throw new CallerError(
    'REQUEST_INVALID',
    'The body must be { "url": a metadata URL or an issuer, "name"?, "scope"?, "clientId"?, "allowedHosts"?: [] }.',
  );
}

function unsaved(body: unknown): { resource: OAuthResource; type: OAuthResourceType | undefined } {
  if (typeof body !== 'object' || body === null || !('resource' in body)) {
    throw new CallerError(
      'REQUEST_INVALID',
      'The body must be { "resource": an OAuth resource, "type"?: its OAuth resource type }.',
    );
  }
  const { resource, type } = body as { resource: unknown; type?: unknown };
  return {
    resource: validateDocument(withKind(resource, 'OAuthResource')) as OAuthResource,
    type: type === undefined ? undefined : (validateDocument(withKind(type, 'OAuthResourceType')) as OAuthResourceType),
  };
}

const withKind = (document: unknown, kind: 'OAuthResource' | 'OAuthResourceType'): unknown => {
  const name = typeof document === 'object' && document !== null && 'name' in document ? String(document.name) : '';
  return withNames(document, kind, name);
};
