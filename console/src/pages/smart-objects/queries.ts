import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask, type Schemas } from '../../api/client.ts';

export type MethodEntry = Schemas['MethodEntry'];
export type SmartObject = Schemas['SmartObject'];
export type SmartMethod = SmartObject['methods'][number];
export type MethodSchema = Schemas['MethodSchema'];
export type DesignerProperty = Schemas['DesignerProperty'];

/** What the person narrows the list by; an empty text narrows nothing. */
export interface MethodFilter {
  readonly search: string;
  readonly category: string;
  readonly instance: string;
  readonly kind: string;
}

/** Methods that are asked for at once. */
export const PAGE = 100;

export const methodPageQuery = (filter: MethodFilter, page: number) =>
  queryOptions({
    queryKey: ['smart-methods', filter, page],
    queryFn: ({ signal }) =>
      ask(
        api.GET('/api/smartmethods', {
          params: { query: { ...given(filter), limit: PAGE, offset: page * PAGE } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

const given = (filter: MethodFilter) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== '')) as Partial<{
    search: string;
    category: string;
    instance: string;
    kind: MethodEntry['kind'];
  }>;

export const facetsQuery = queryOptions({
  queryKey: ['smart-methods', 'facets'],
  queryFn: ({ signal }) => ask(api.GET('/api/smartmethods/facets', { signal })),
});

export const objectQuery = (object: string) =>
  queryOptions({
    queryKey: ['smart-objects', object],
    // Without `shape=flat` it is the nested definition.
    queryFn: async ({ signal }) =>
      (await ask(api.GET('/api/smartobjects/{object}', { params: { path: { object } }, signal }))) as SmartObject,
  });

export const methodSchemaQuery = (object: string, method: string) =>
  queryOptions({
    queryKey: ['smart-objects', object, method],
    queryFn: ({ signal }) =>
      ask(api.GET('/api/smartobjects/{object}/{method}/schema', { params: { path: { object, method } }, signal })),
    // The form's state hangs on its schema: it is not changed under the person's hands.
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The address of a SmartObject's page, or of one of its methods. */
export const objectPath = (object: string): string => `/smart-objects/${encodeURIComponent(object)}`;
export const methodPath = (object: string, method: string): string =>
  `${objectPath(object)}/${encodeURIComponent(method)}`;
