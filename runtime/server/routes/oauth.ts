import { CallerError, ConfigurationError } from '../../../config/model/errors.js';
import type { OAuthResource } from '../../../config/model/oauth-resource.js';
import type { OAuthResourceType } from '../../../config/model/oauth-resource-type.js';
import { checkResourceAgainstType, validateDocument } from '../../../config/schema/index.js';
import { readJson } from '../body.js';
import { listOf, schemaReference } from '../openapi/operation.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';
import { documentRoutes, nameIn, unknown, withNames } from './documents.js';

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
