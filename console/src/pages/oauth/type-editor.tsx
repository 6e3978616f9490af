import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { DocumentForm } from '../../documents/document-form.tsx';
import type { StoredDocument } from '../../documents/kinds.ts';
import { useEditing } from '../../documents/use-editing.ts';
import type { ResourceType } from './documents.ts';
import { ParameterTable } from './parameter-table.tsx';
import { RequestPreview } from './request-preview.tsx';

export interface TypeEditorProps {
  readonly stored: Pick<StoredDocument<'OAuthResourceType'>, 'document' | 'version'>;
  readonly onSaved?: (name: string) => unknown;
  readonly actions?: ReactNode;
}

/** An OAuth resource type: its table of parameters, how it departs from the standard, and what a resource of it would send. */
export function TypeEditor({ stored, onSaved, actions }: TypeEditorProps) {
  const editing = useEditing('OAuthResourceType', stored, { onSaved: ({ name }) => onSaved?.(name) });
  const { draft, change } = editing;
  return (
    <Stack gap="lg">
      <DocumentForm
        kind="OAuthResourceType"
        editing={editing}
        isNew={stored.version === 0}
        hidden={['parameters']}
        actions={actions}
      >
        <ParameterTable type={draft} onChange={change} />
      </DocumentForm>
      {Boolean(draft.name) && <RequestPreview resource={exampleOf(draft)} type={draft} />}
    </Stack>
  );
}

/** A resource with nothing of its own, to show what the type alone sends. */
const exampleOf = ({ name, placeholders = [] }: ResourceType) => ({
  kind: 'OAuthResource' as const,
  name: 'example',
  type: name,
  authorizationEndpoint: 'https://provider.example/authorize',
  tokenEndpoint: 'https://provider.example/token',
  values: {},
  placeholders: Object.fromEntries(placeholders.map((one) => [one.name, one.default ?? one.example ?? one.name])),
});
