import type { Request } from 'express';
import type { AdminDocument } from '../../../config/model/admin-document.js';
import { CallerError, ConfigurationError } from '../../../config/model/errors.js';
import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import type { Role } from '../../../config/model/principal.js';
import type { DocumentRepository } from '../../../config/store/store.js';
import { readJson } from '../body.js';
import type { Exchange } from '../exchange.js';
import { listOf, schemaReference } from '../openapi/operation.js';
import type { ServerParts } from '../parts.js';
import { queryText } from '../query.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';

export interface DocumentRoutes<D extends AdminDocument> {
  readonly path: string;
  readonly repository: DocumentRepository<D>;
  /** What people call one, such as `OAuth resource`. */
  readonly noun: string;
  /** Who may read; writing takes an admin. */
  readonly read: Role;
}

/** The difference whose breaking changes may be saved. */
export const acceptParameter: JsonSchemaObject = {
  type: 'string',
  description:
    'The `id` of a review: its breaking changes are saved, and no others. Without it a breaking change is refused with 409 `CHANGES_BREAKING`, which carries the review.',
};

/** List, read, save and delete one kind of admin document. */
export function documentRoutes<D extends AdminDocument>(
  parts: ServerParts,
  { path, repository, noun, read }: DocumentRoutes<D>,
): Route[] {
  const { kind } = repository;
  const { admin, settings } = parts.runtime;
  const one = `${path}/{name}`;
  const stored = schemaReference(`Stored${kind}`);
  const names = { name: `System name of the ${noun}.` };
  return [
    {
      verb: 'get',
      path,
      access: read,
      operation: {
        id: `list${kind}s`,
        tag: noun,
        summary: `List every ${noun}`,
        answers: { 200: { description: 'Ordered by name.', schema: listOf(stored) } },
      },
      async handle(_request, response) {
        sendJson(response, { items: await repository.list() });
      },
    },
    {
      verb: 'get',
      path: one,
      access: read,
      operation: {
        id: `get${kind}`,
        tag: noun,
        summary: `Read one ${noun}`,
        description:
          'A secret shows as `{ "secret": "stored" }`; a document that carries this when it is saved keeps it.',
        path: names,
        answers: { 200: { description: 'The document and its version.', schema: stored, etag: true } },
      },
      async handle(request, response) {
        const found = await repository.get(nameIn(request));
        if (found === undefined) throw unknown(noun, nameIn(request));
        response.setHeader('etag', `"${found.version}"`);
        sendJson(response, found);
      },
    },
    {
      verb: 'put',
      path: one,
      access: 'admin',
      operation: {
        id: `save${kind}`,
        tag: noun,
        summary: `Create or change one ${noun}`,
        description:
          '`kind` and `name` may be left out of the document. A version in `If-Match` is compared with the stored one.',
        path: names,
        ...(kind === 'ServiceInstance' && { query: { accept: acceptParameter } }),
        headers: {
          'If-Match': {
            type: 'string',
            description: 'The `ETag` of the version that is changed; 412 with both versions when it is another.',
          },
          'If-None-Match': { type: 'string', const: '*', description: 'Create only; 412 when it is there already.' },
        },
        body: { schema: schemaReference(kind) },
        answers: {
          200: { description: 'Saved, or the same as before.', schema: schemaReference('Saved'), etag: true },
          201: { description: 'Created.', schema: schemaReference('Saved'), etag: true },
        },
      },
      async handle(request, response, { principal }, exchange) {
        const document = withNames(await readJson(request, settings.limits.requestBytes), kind, nameIn(request));
        const expectedVersion = await expectedVersionOf(request, repository);
        const saved = await admin.save(document, principal, {
          signal: abortSignalOf(exchange),
          ...(expectedVersion !== undefined && { expectedVersion }),
          accept: queryText(request, 'accept'),
        });
        response.setHeader('etag', `"${saved.version}"`);
        sendJson(response, saved, saved.outcome === 'created' ? 201 : 200);
      },
    },
    {
      verb: 'delete',
      path: one,
      access: 'admin',
      operation: {
        id: `delete${kind}`,
        tag: noun,
        summary: `Delete one ${noun}`,
        description: 'Refused with 409, and the names, while something depends on it.',
        path: names,
        headers: {
          'If-Match': {
            type: 'string',
            description: 'The `ETag` of the version that is deleted; 412 with both versions when it is another.',
          },
        },
        answers: { 204: { description: 'Deleted.' } },
      },
      async handle(request, response, { principal }) {
        const expectedVersion = await expectedVersionOf(request, repository);
        await admin.delete(kind, nameIn(request), principal, expectedVersion === undefined ? {} : { expectedVersion });
        response.status(204).end();
      },
    },
  ];
}

export const nameIn = ({ params }: Request): string => String(params.name);

export const unknown = (noun: string, name: string): CallerError =>
  new CallerError('NOT_FOUND', `There is no ${noun} "${name.slice(0, 100)}".`);

/** Aborts when the caller goes away before the answer. */
export function abortSignalOf({ response }: Exchange): AbortSignal {
  const controller = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** The path has said what it is and what it is called; a document that says otherwise is refused. */
export function withNames(document: unknown, kind: AdminDocument['kind'], name: string): unknown {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new CallerError('REQUEST_INVALID', `The body must be a JSON object: a document of kind ${kind}.`);
  }
  const named = { kind, name, ...document };
  const faults = [
    ...(named.kind === kind ? [] : [{ pointer: '/kind', message: `must be "${kind}", as the URL says` }]),
    ...(named.name === name ? [] : [{ pointer: '/name', message: `must be "${name}", as the URL says` }]),
  ];
  if (faults.length === 0) return named;
  const told = faults.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
  throw new ConfigurationError('DOCUMENT_INVALID', `The document is not the one that the URL names: ${told}.`, {
    fields: faults,
  });
}

/** RFC 9110 §13.1.1 and §13.1.2. */
async function expectedVersionOf(
  request: Request,
  repository: DocumentRepository<AdminDocument>,
): Promise<number | undefined> {
  if (request.get('if-none-match') === '*') return 0;
  const tag = request.get('if-match');
  if (tag === undefined) return undefined;
  const name = nameIn(request);
  if (tag === '*') {
    const stored = await repository.get(name);
    if (stored === undefined) throw unknown(repository.kind, name);
    return stored.version;
  }
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(tag)?.[1];
  if (version !== undefined) return Number(version);
  throw new CallerError('REQUEST_INVALID', 'If-Match must carry the ETag of the document as it was read, such as "3".');
}
