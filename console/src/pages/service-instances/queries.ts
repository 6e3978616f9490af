import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schemas } from '../../api/client.ts';

export const instancesQuery = queryOptions({
  queryKey: ['service-instances'],
  queryFn: ({ signal }) => ask(api.GET('/api/service-instances', { signal })),
});

export const serviceTypesQuery = queryOptions({
  queryKey: ['service-types'],
  queryFn: ({ signal }) => ask(api.GET('/api/service-types', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

/** A service instance with its version. */
export type StoredInstance = Schemas['StoredServiceInstance'];

export const instanceQuery = (name: string) =>
  queryOptions({
    queryKey: ['service-instances', name],
    queryFn: ({ signal }) => ask(api.GET('/api/service-instances/{name}', { params: { path: { name } }, signal })),
  });

export const summaryQuery = (name: string) =>
  queryOptions({
    queryKey: ['service-instances', name, 'diagnostics'],
    queryFn: ({ signal }) =>
      ask(api.GET('/api/service-instances/{name}/diagnostics', { params: { path: { name } }, signal })),
  });

export const versionsQuery = (name: string) =>
  queryOptions({
    queryKey: ['service-instances', name, 'versions'],
    queryFn: ({ signal }) =>
      ask(api.GET('/api/service-instances/{name}/versions', { params: { path: { name } }, signal })),
  });

export const callsQuery = (query: { instance?: string; outcome?: 'done' | 'failed'; limit: number }) =>
  queryOptions({
    queryKey: ['calls', query],
    queryFn: ({ signal }) => ask(api.GET('/api/calls', { params: { query }, signal })),
  });

/**
 * Saves an instance over the version that it was read at.
 *
 * @param accept the id of the review whose breaking changes are saved
 * @throws Problem PRECONDITION_FAILED when somebody else has saved it meanwhile; CHANGES_BREAKING with the review
 */
export const saveInstance = (document: Schemas['ServiceInstance'], version: number, accept?: string) =>
  ask(
    api.PUT('/api/service-instances/{name}', {
      params: { path: { name: document.name }, query: { accept }, header: { 'If-Match': `"${version}"` } },
      body: document,
    }),
  );
