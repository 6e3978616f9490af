import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';

/** The providers that are known. */
export const presetsQuery = queryOptions({
  queryKey: ['oauth-presets'],
  queryFn: ({ signal }) => ask(api.GET('/api/oauth/presets', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

/** One of them with the documents that it stands for. */
export const presetQuery = (name: string) =>
  queryOptions({
    queryKey: ['oauth-presets', name],
    queryFn: ({ signal }) => ask(api.GET('/api/oauth/presets/{name}', { params: { path: { name } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
