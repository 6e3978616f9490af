import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';

export const instancesQuery = queryOptions({
  queryKey: ['service-instances'],
  queryFn: ({ signal }) => ask(api.GET('/api/service-instances', { signal })),
});

export const serviceTypesQuery = queryOptions({
  queryKey: ['service-types'],
  queryFn: ({ signal }) => ask(api.GET('/api/service-types', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});
