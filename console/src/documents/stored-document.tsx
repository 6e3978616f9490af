import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from '../parts/loading.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { documentQuery, type EditedKind, type StoredDocument } from './kinds.ts';

export interface StoredDocumentProps<K extends EditedKind> {
  readonly kind: K;
  readonly name: string;
  readonly children: (stored: StoredDocument<K>) => ReactNode;
}

/** Reads a document, and shows it once it is there. It is read once: what is typed is not overwritten by a later answer. */
export function WithStoredDocument<K extends EditedKind>({ kind, name, children }: StoredDocumentProps<K>) {
  const stored = useQuery({ ...documentQuery(kind, name), staleTime: 0, refetchOnWindowFocus: false });
  if (stored.error !== null) return <ProblemAlert error={stored.error} retry={stored.refetch} />;
  if (stored.data === undefined || (stored.isFetching && !stored.isFetchedAfterMount))
    return <Loading rows={5} height={60} />;
  return children(stored.data);
}
