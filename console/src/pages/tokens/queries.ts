import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schemas } from '../../api/client.ts';

export type Token = Schemas['Token'];
export type Connection = Schemas['Connection'];
export type Trace = Schemas['TokenTrace'];

/** Everybody's tokens; for admins. */
export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => ask(api.GET('/api/oauth/tokens', { signal })),
});

/** What the person can connect to. */
export const connectionsQuery = queryOptions({
  queryKey: ['tokens', 'mine'],
  queryFn: ({ signal }) => ask(api.GET('/api/me/connections', { signal })),
});

export const tracesQuery = (resource: string, credential: string) =>
  queryOptions({
    queryKey: ['tokens', 'traces', resource, credential],
    queryFn: ({ signal }) =>
      ask(api.GET('/api/oauth/traces', { params: { query: { resource, credential, limit: 25 } }, signal })),
  });

export const tokenPath = ({ resource, credential }: Pick<Token, 'resource' | 'credential'>): string =>
  `/tokens/${encodeURIComponent(resource)}/${encodeURIComponent(credential)}`;
