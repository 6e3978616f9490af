import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schemas } from '../../api/client.ts';
import type { Choice } from './choices.ts';

export const proposalQuery = (name: string) =>
  queryOptions({
    queryKey: ['service-instances', name, 'proposal'],
    queryFn: ({ signal }) =>
      ask(api.GET('/api/service-instances/{name}/proposal', { params: { path: { name } }, signal })),
  });

/** The requests that a choice leads to, before anything is saved. The server hides what is secret. */
export const previewQuery = (choice: Choice | undefined) =>
  queryOptions({
    // The secrets that are typed belong to no cache: they are not part of what is shown.
    queryKey: ['preview', choice?.resourceType, withoutSecrets(choice)],
    enabled: choice?.resource !== undefined,
    gcTime: 0,
    retry: false,
    queryFn: ({ signal }) => {
      if (choice?.resource === undefined) throw new Error('There is no resource to preview.');
      const { resource, resourceType: type } = choice;
      return ask(api.POST('/api/oauth/resources/preview', { body: { resource, ...(type && { type }) }, signal }));
    },
  });

function withoutSecrets(choice: Choice | undefined): unknown {
  if (choice?.resource === undefined) return undefined;
  const secrets = new Set(
    (choice.resourceType?.parameters ?? []).filter((one) => one.secret === true).map((one) => one.name),
  );
  const { values = {}, ...resource } = choice.resource;
  return { ...resource, values: Object.fromEntries(Object.entries(values).filter(([name]) => !secrets.has(name))) };
}

/** What discovery finds without the overlay: its rules go by these names. */
export const discoveryQuery = ({ overlay: _, ...body }: Schemas['ServiceInstance']) =>
  queryOptions({
    queryKey: ['service-instances', body.name, 'discovery'],
    queryFn: ({ signal }) => ask(api.POST('/api/service-instances/describe', { body, signal })),
    staleTime: 60_000,
  });

export const objectsQuery = (instance: string) =>
  queryOptions({
    queryKey: ['smart-objects', { instance }],
    queryFn: ({ signal }) => ask(api.GET('/api/smartobjects', { params: { query: { instance, limit: 200 } }, signal })),
  });
