import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '../api/client.ts';
import { hasCode } from '../api/problem.ts';
import { type EditedDocument, type EditedKind, readDocument, type StoredDocument, saveDocument } from './kinds.ts';
import { type Merge, merge, same } from './merge.ts';

/** What somebody else made of the document meanwhile. */
export interface Overtaken<K extends EditedKind> extends Merge {
  readonly stored: StoredDocument<K>;
}

/** A document that is being changed: what is typed in, whether it differs, and how to save it over the version that was read. */
export interface Editing<K extends EditedKind> {
  readonly draft: EditedDocument<K>;
  readonly change: (draft: EditedDocument<K>) => void;
  readonly changed: boolean;
  readonly save: () => void;
  readonly saving: boolean;
  readonly error: unknown;
  readonly saved: Schemas['Saved'] | undefined;
  readonly overtaken: Overtaken<K> | undefined;
  /** Goes on with a merged document, over the version that is stored now. */
  readonly goOn: (document: EditedDocument<K>) => void;
}

export interface EditingOptions {
  /** Done before each save: what has to be there first. */
  readonly before?: () => Promise<unknown>;
  readonly onSaved?: (saved: Schemas['Saved']) => unknown;
}

/** @param stored the document as it was read; version 0: it is new */
export function useEditing<K extends EditedKind>(
  kind: K,
  stored: Pick<StoredDocument<K>, 'document' | 'version'>,
  { before, onSaved }: EditingOptions = {},
): Editing<K> {
  const queries = useQueryClient();
  const [base, setBase] = useState(stored);
  const [draft, setDraft] = useState(stored.document);
  const [overtaken, setOvertaken] = useState<Overtaken<K>>();

  const saving = useMutation({
    mutationFn: async () => {
      await before?.();
      try {
        return await saveDocument(kind, draft, base.version);
      } catch (error) {
        if (hasCode(error, 'PRECONDITION_FAILED') && base.version > 0) {
          const current = await readDocument(kind, draft.name);
          setOvertaken({ ...merge(base.document, draft, current.document), stored: current });
        }
        throw error;
      }
    },
    onSuccess: async (saved) => {
      const current = await readDocument(kind, draft.name);
      setBase(current);
      setDraft(current.document);
      setOvertaken(undefined);
      queries.setQueryData(['documents', kind, draft.name], current);
      await queries.invalidateQueries({ queryKey: ['documents', kind], exact: true });
      onSaved?.(saved);
    },
  });

  return {
    draft,
    change: setDraft,
    changed: base.version === 0 || !same(base.document, draft),
    save: () => saving.mutate(),
    saving: saving.isPending,
    error: overtaken === undefined ? saving.error : null,
    saved: saving.data,
    overtaken,
    goOn(document) {
      if (overtaken === undefined) return;
      setBase(overtaken.stored);
      setDraft(document);
      setOvertaken(undefined);
      saving.reset();
    },
  };
}
