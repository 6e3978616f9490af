import type { UiSchema } from '@rjsf/utils';
import type { ReactNode } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { DeleteButton } from '../../documents/delete-button.tsx';
import { DocumentForm } from '../../documents/document-form.tsx';
import type { EditedDocument, EditedKind, StoredDocument } from '../../documents/kinds.ts';
import { WithStoredDocument } from '../../documents/stored-document.tsx';
import { useEditing } from '../../documents/use-editing.ts';
import { Page } from '../../parts/page.tsx';

export interface DocumentPageProps<K extends EditedKind> {
  readonly kind: K;
  /** The address of the list. */
  readonly list: string;
  /** The address of one, without its name. */
  readonly path: string;
  readonly fresh: EditedDocument<K>;
  readonly texts: { readonly add: string; readonly deletion: string };
  readonly hidden?: readonly string[];
  readonly uiSchema?: UiSchema;
  /** Takes what a save told, in place of going on to the saved document's page. */
  readonly onCreated?: (saved: Schemas['Saved']) => unknown;
  readonly children?: ReactNode;
}

/** The page of one document, or of a new one where the address says so. */
export function DocumentPage<K extends EditedKind>(props: DocumentPageProps<K>) {
  const { name = '' } = useParams();
  const { kind, fresh, texts } = props;
  if (name === 'new') {
    return (
      <Page title={texts.add}>
        {props.children}
        <Editor {...props} stored={{ document: fresh, version: 0 }} />
      </Page>
    );
  }
  return (
    <Page title={name}>
      {props.children}
      <WithStoredDocument key={name} kind={kind} name={name}>
        {(stored) => <Editor {...props} stored={stored} />}
      </WithStoredDocument>
    </Page>
  );
}

type EditorProps<K extends EditedKind> = DocumentPageProps<K> & {
  readonly stored: Pick<StoredDocument<K>, 'document' | 'version'>;
};

function Editor<K extends EditedKind>(props: EditorProps<K>) {
  const { kind, list, path, stored, texts, hidden, uiSchema, onCreated } = props;
  const navigate = useNavigate();
  const isNew = stored.version === 0;
  const editing = useEditing(kind, stored, {
    onSaved(saved) {
      if (!isNew) return;
      if (onCreated !== undefined) onCreated(saved);
      else navigate(`${path}/${encodeURIComponent(saved.name)}`, { replace: true });
    },
  });
  return (
    <DocumentForm
      kind={kind}
      editing={editing}
      isNew={isNew}
      {...(hidden !== undefined && { hidden })}
      {...(uiSchema !== undefined && { uiSchema })}
      actions={
        !isNew && (
          <DeleteButton
            kind={kind}
            name={stored.document.name}
            consequence={texts.deletion}
            onDeleted={() => navigate(list)}
          />
        )
      }
    />
  );
}
