import type { Request } from 'express';
import { CallerError } from '../../../config/model/errors.js';
import type { Description } from '../../../config/model/service-object.js';
import type { DescriptionSummary } from '../../../config/store/store.js';
import { proposeConnection } from '../../proposal/propose-connection.js';
import { readJson } from '../body.js';
import { listOf, schemaReference } from '../openapi/operation.js';
import type { ServerParts } from '../parts.js';
import { queryText } from '../query.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';
import { abortSignalOf, acceptParameter, documentRoutes, nameIn, unknown, withNames } from './documents.js';

const noun = 'Service instance';
const path = { name: 'System name of the service instance.' };
const versionPath = { ...path, version: 'Number of the version.' };

/** Service types, service instances, and what discovery found. */
export function instanceRoutes(parts: ServerParts): Route[] {
  const { store, admin, brokers, settings } = parts.runtime;

  async function summaryOf(name: string): Promise<DescriptionSummary> {
    const summary = await store.descriptions.summary(name);
    if (summary === undefined) throw unknown('described service instance', name);
    return summary;
  }

  return [
    {
      verb: 'get',
      path: '/api/service-types',
      access: 'designer',
      operation: {
        id: 'listServiceTypes',
        tag: noun,
        summary: 'List the service types with the schemas of their service keys',
        answers: { 200: { description: 'Ordered by type.', schema: listOf(schemaReference('ServiceType')) } },
      },
      handle(_request, response) {
        const items = [...brokers.values()]
          .map(({ type, displayName, description, keys }) => ({ type, displayName, description, keys }))
          .toSorted((a, b) => a.type.localeCompare(b.type, 'en'));
        sendJson(response, { items });
      },
    },
    {
      verb: 'post',
      path: '/api/service-instances/describe',
      access: 'admin',
      operation: {
        id: 'describeServiceInstance',
        tag: noun,
        summary: 'Discover without saving anything',
        body: { schema: schemaReference('ServiceInstance') },
        answers: { 200: { description: 'What was found, without schemas.', schema: schemaReference('Discovery') } },
      },
      async handle(request, response, { principal }, exchange) {
        const body = await readJson(request, settings.limits.requestBytes);
        const document = withNames(body, 'ServiceInstance', nameOf(body));
        const signal = abortSignalOf(exchange);
        sendJson(response, discovery(await admin.describe(document, principal, { signal })));
      },
    },
    ...documentRoutes(parts, {
      path: '/api/service-instances',
      repository: store.instances,
      noun,
      read: 'designer',
    }),
    {
      verb: 'post',
      path: '/api/service-instances/{name}/refresh',
      access: 'admin',
      operation: {
        id: 'refreshServiceInstance',
        tag: noun,
        summary: 'Discover again and generate the SmartObjects anew',
        description:
          'The former description stays as a version. The review tells at most 200 changes and dependents; its counts are whole.',
        path,
        query: { accept: acceptParameter },
        answers: { 200: { description: 'What is there now.', schema: schemaReference('Refreshed') } },
      },
      async handle(request, response, { principal }, exchange) {
        const signal = abortSignalOf(exchange);
        const accept = queryText(request, 'accept');
        sendJson(response, await admin.refresh(nameIn(request), principal, { signal, accept }));
      },
    },
    {
      verb: 'post',
      path: '/api/service-instances/{name}/review',
      access: 'admin',
      operation: {
        id: 'reviewServiceInstance',
        tag: noun,
        summary: 'Discover again and tell what a refresh would change',
        description: 'Saves nothing. `refresh?accept={id}` saves just these changes.',
        path,
        answers: { 200: { description: 'All changes and dependents.', schema: schemaReference('Review') } },
      },
      async handle(request, response, { principal }, exchange) {
        const signal = abortSignalOf(exchange);
        sendJson(response, await admin.review(nameIn(request), principal, { signal }));
      },
    },
    {
      verb: 'get',
      path: '/api/service-instances/{name}/versions',
      access: 'designer',
      operation: {
        id: 'listDescriptionVersions',
        tag: noun,
        summary: 'List the descriptions that the instance has or had',
        path,
        answers: {
          200: { description: 'The last 20, newest first.', schema: listOf(schemaReference('DescriptionVersion')) },
        },
      },
      async handle(request, response) {
        sendJson(response, { items: await admin.versions(nameIn(request)) });
      },
    },
    {
      verb: 'get',
      path: '/api/service-instances/{name}/versions/{version}',
      access: 'designer',
      operation: {
        id: 'getDescriptionVersion',
        tag: noun,
        summary: 'Read what a version of the description changed',
        path: versionPath,
        answers: { 200: { description: 'The version.', schema: schemaReference('DescriptionVersionChanges') } },
      },
      async handle(request, response) {
        const found = await store.descriptions.version(nameIn(request), versionIn(request));
        if (found === undefined) throw unknown('version of the description of service instance', nameIn(request));
        const { load: _, ...version } = found;
        sendJson(response, version);
      },
    },
    {
      verb: 'post',
      path: '/api/service-instances/{name}/versions/{version}/restore',
      access: 'admin',
      operation: {
        id: 'restoreDescriptionVersion',
        tag: noun,
        summary: 'Bring a former description back',
        description: 'As a new version, with the SmartObjects that follow from it. The service is not asked.',
        path: versionPath,
        answers: { 200: { description: 'What is there now.', schema: schemaReference('Refreshed') } },
      },
      async handle(request, response, { principal }) {
        sendJson(response, await admin.restore(nameIn(request), versionIn(request), principal));
      },
    },
    {
      verb: 'get',
      path: '/api/service-instances/{name}/proposal',
      access: 'admin',
      operation: {
        id: 'proposeConnection',
        tag: noun,
        summary: 'Propose how the instance authenticates, by what its service says',
        description:
          'OAuth resource types, OAuth resources and the instance, as `smartwright apply` takes them: what only an admin knows is a reference to the environment; `variables` says what each stands for.',
        path,
        answers: { 200: { description: 'The proposal.', schema: schemaReference('ConnectionProposal') } },
      },
      async handle(request, response) {
        const name = nameIn(request);
        const [stored, { security = [] }] = await Promise.all([store.instances.get(name), summaryOf(name)]);
        if (stored === undefined) throw unknown(noun, name);
        sendJson(response, proposeConnection(stored.document, security));
      },
    },
    {
      verb: 'get',
      path: '/api/service-instances/{name}/diagnostics',
      access: 'designer',
      operation: {
        id: 'getDiagnostics',
        tag: noun,
        summary: 'Read what discovery found, skipped and warned of',
        path,
        answers: {
          200: { description: 'The summary of the last discovery.', schema: schemaReference('DescriptionSummary') },
        },
      },
      async handle(request, response) {
        sendJson(response, await summaryOf(nameIn(request)));
      },
    },
  ];
}

function versionIn({ params }: Request): number {
  const text = String(params.version);
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CallerError('REQUEST_INVALID', `A version is a whole number, not "${text.slice(0, 50)}".`);
}

function nameOf(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'name' in body && typeof body.name === 'string') return body.name;
  throw new CallerError('REQUEST_INVALID', 'The body must be a service instance with a name.');
}

/** A description without its schemas and bindings, which can be tens of megabytes. */
function discovery({ title, version, serviceObjects, types, diagnostics, operations, hosts }: Description): object {
  return {
    title,
    version,
    operations,
    types: Object.keys(types).length,
    hosts,
    serviceObjects: serviceObjects.map(({ name, displayName, description, methods }) => ({
      name,
      displayName,
      description,
      methods: methods.map((method) => ({ name: method.name, displayName: method.displayName, kind: method.kind })),
    })),
    diagnostics,
  };
}
