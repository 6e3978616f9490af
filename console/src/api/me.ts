import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from './client.ts';

export type Role = 'user' | 'designer' | 'admin';
export type Me = Schemas['Me'];

const ranks: Readonly<Record<Role, number>> = { user: 0, designer: 1, admin: 2 };

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => ask(api.GET('/api/me', { signal })),
  staleTime: 60_000,
});

/** Who is signed in. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** Whether somebody's roles suffice; each role has all that the lesser ones have. The server decides; the page only follows. */
export const mayUse = ({ roles }: Pick<Me, 'roles'>, needed: Role): boolean =>
  roles.some((role) => ranks[role as Role] >= ranks[needed]);
