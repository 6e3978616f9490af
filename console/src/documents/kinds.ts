import { queryOptions } from '@tanstack/react-query';
import { api, ask, askWithHeaders, type Schemas } from '../api/client.ts';

/** The kinds of admin documents that are edited here, and where each is kept. */
const places = {
  OAuthResourceType: '/api/oauth/resource-types',
  OAuthResource: '/api/oauth/resources',
  User: '/api/users',
  ApiKey: '/api/keys',
  TrustedIssuer: '/api/trusted-issuers',
  SignInProvider: '/api/sign-in-providers',
} as const;

export type EditedKind = keyof typeof places;
export type EditedDocument<K extends EditedKind> = Schemas[K];

export interface StoredDocument<K extends EditedKind> {
  readonly document: EditedDocument<K>;
  readonly version: number;
  readonly updatedAt: string;
}

/** All places have the same routes; this one stands for each of them. */
type AnyPlace = (typeof places)['User'];
const placeOf = (kind: EditedKind): AnyPlace => places[kind] as AnyPlace;

/** All documents of a kind, by name. */
export const documentsQuery = <K extends EditedKind>(kind: K) =>
  queryOptions({
    queryKey: ['documents', kind],
    queryFn: async ({ signal }) => {
      const { items } = await ask(api.GET(placeOf(kind), { signal }));
      return items as unknown as readonly StoredDocument<K>[];
    },
  });

/** One document. */
export const documentQuery = <K extends EditedKind>(kind: K, name: string) =>
  queryOptions({
    queryKey: ['documents', kind, name],
    queryFn: ({ signal }) => readDocument(kind, name, signal),
  });

export async function readDocument<K extends EditedKind>(
  kind: K,
  name: string,
  signal?: AbortSignal,
): Promise<StoredDocument<K>> {
  const request = { params: { path: { name } }, ...(signal !== undefined && { signal }) };
  return (await ask(api.GET(`${placeOf(kind)}/{name}`, request))) as unknown as StoredDocument<K>;
}

/**
 * Saves over the version that was read; 0 creates.
 *
 * @throws Problem PRECONDITION_FAILED when somebody else was faster
 */
export async function saveDocument<K extends EditedKind>(
  kind: K,
  document: EditedDocument<K>,
  version: number,
): Promise<Schemas['Saved']> {
  const condition = version === 0 ? { 'If-None-Match': '*' as const } : { 'If-Match': `"${version}"` };
  const params = { path: { name: document.name }, header: condition };
  const body = document as unknown as Schemas['User'];
  const { data } = await askWithHeaders(api.PUT(`${placeOf(kind)}/{name}`, { params, body }));
  return data;
}

export async function deleteDocument(kind: EditedKind, name: string): Promise<void> {
  await askWithHeaders(api.DELETE(`${placeOf(kind)}/{name}`, { params: { path: { name } } }));
}
