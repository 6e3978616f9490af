import { Alert, List, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { hasCode } from '../../api/problem.ts';
import { DocumentForm } from '../../documents/document-form.tsx';
import { documentsQuery, type StoredDocument, saveDocument } from '../../documents/kinds.ts';
import { useEditing } from '../../documents/use-editing.ts';
import { useTexts } from '../../texts/texts-provider.tsx';
import type { ResourceType } from './documents.ts';
import { Placeholders } from './placeholders.tsx';
import { RequestPreview } from './request-preview.tsx';
import { ValueTable } from './value-table.tsx';

export interface ResourceEditorProps {
  readonly stored: Pick<StoredDocument<'OAuthResource'>, 'document' | 'version'>;
  /** Saved with the resource where there is none of its name. */
  readonly unsavedType?: ResourceType | undefined;
  readonly notes?: readonly string[];
  readonly onSaved?: (name: string) => unknown;
  readonly actions?: ReactNode;
}

/** An OAuth resource: its endpoints, a value for each parameter of its type, and what will be sent. */
export function ResourceEditor({ stored, unsavedType, notes = [], onSaved, actions }: ResourceEditorProps) {
  const { oauth: texts } = useTexts();
  const types = useQuery(documentsQuery('OAuthResourceType'));
  const editing = useEditing('OAuthResource', stored, {
    before: () => saveUnlessThere(unsavedType),
    onSaved: ({ name }) => onSaved?.(name),
  });
  const { draft, change } = editing;
  const storedTypes = (types.data ?? []).map(({ document }) => document);
  const type = storedTypes.find(({ name }) => name === draft.type) ?? unsavedTypeOf(unsavedType, draft.type);
  const names = [...new Set([...storedTypes.map(({ name }) => name), ...(unsavedType ? [unsavedType.name] : [])])];
  return (
    <Stack gap="lg">
      {notes.length > 0 && (
        <Alert title={texts.notes}>
          <List size="sm">
            {notes.map((note) => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <DocumentForm
        kind="OAuthResource"
        editing={editing}
        isNew={stored.version === 0}
        hidden={['values', 'type', 'signingKey', 'placeholders']}
        actions={actions}
      >
        <Select
          label={texts.type}
          data={names}
          value={draft.type === '' ? null : draft.type}
          onChange={(chosen) => change({ ...draft, type: chosen ?? '' })}
          required
          searchable
        />
        {type !== undefined && <Placeholders type={type} resource={draft} onChange={change} />}
        {type !== undefined && <ValueTable type={type} resource={draft} onChange={change} />}
      </DocumentForm>
      <RequestPreview resource={draft} type={type} />
    </Stack>
  );
}

const unsavedTypeOf = (type: ResourceType | undefined, name: string): ResourceType | undefined =>
  type?.name === name ? type : undefined;

async function saveUnlessThere(type: ResourceType | undefined): Promise<void> {
  if (type === undefined) return;
  try {
    await saveDocument('OAuthResourceType', type, 0);
  } catch (error) {
    if (!hasCode(error, 'PRECONDITION_FAILED')) throw error;
  }
}
