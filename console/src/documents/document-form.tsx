import { Alert, Stack } from '@mantine/core';
import type { UiSchema } from '@rjsf/utils';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from '../api/problem.ts';
import { SchemaForm } from '../form/index.tsx';
import { Loading } from '../parts/loading.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { useTexts } from '../texts/texts-provider.tsx';
import type { EditedDocument, EditedKind } from './kinds.ts';
import { type Json, same } from './merge.ts';
import { OvertakenPanel } from './overtaken-panel.tsx';
import { formSchema, schemasQuery } from './schemas.ts';
import type { Editing } from './use-editing.ts';

export interface DocumentFormProps<K extends EditedKind> {
  readonly kind: K;
  readonly editing: Editing<K>;
  /** Members that the form leaves out; they stay as they are. */
  readonly hidden?: readonly string[];
  readonly uiSchema?: UiSchema;
  readonly actions?: ReactNode;
  /** Whether it is made now, so that its name can be chosen. */
  readonly isNew?: boolean;
  /** Stands between the form's state and the form: what is edited otherwise. */
  readonly children?: ReactNode;
}

/** A document as the form that its schema describes. A secret shows empty; what is typed there replaces the stored one. */
export function DocumentForm<K extends EditedKind>({
  kind,
  editing,
  hidden = [],
  uiSchema,
  actions,
  isNew = false,
  children,
}: DocumentFormProps<K>) {
  const texts = useTexts();
  const schemas = useQuery(schemasQuery);
  if (schemas.error !== null) return <ProblemAlert error={schemas.error} retry={schemas.refetch} />;
  if (schemas.data === undefined) return <Loading rows={5} height={60} />;
  const left = ['kind', ...(isNew ? [] : ['name']), ...hidden];
  const schema = formSchema(schemas.data, kind, left);
  const secrets = Object.keys(editing.draft).filter((name) => isMarker(Reflect.get(editing.draft, name)));
  const shown = Object.fromEntries(
    Object.entries(editing.draft).filter(([name]) => !left.includes(name) && !secrets.includes(name)),
  );
  const markers = Object.fromEntries(secrets.map((name) => [name, { 'ui:placeholder': texts.documents.storedSecret }]));
  const passwords = Object.entries(schema.properties ?? {})
    .filter(([, property]) => typeof property === 'object' && property.writeOnly === true)
    .map(([name]) => [name, { 'ui:widget': 'password', 'ui:emptyValue': undefined, ...markers[name] }]);
  const { error, overtaken } = editing;
  return (
    <Stack gap="md">
      {overtaken !== undefined && <OvertakenPanel overtaken={overtaken} goOn={editing.goOn} />}
      {error !== null && error !== undefined && <ProblemAlert error={error} />}
      {editing.saved !== undefined && !editing.changed && (
        <Alert color="green" role="status">
          {texts.documents.saved(editing.saved.version)}
        </Alert>
      )}
      {children}
      <SchemaForm
        schema={schema}
        uiSchema={{ ...Object.fromEntries(passwords), ...uiSchema }}
        value={shown}
        onChange={(value) => {
          const next = { ...kept(editing.draft, [...left, ...secrets]), ...defined(value) };
          if (!same(next, editing.draft)) editing.change(next as EditedDocument<K>);
        }}
        onSubmit={() => editing.save()}
        faults={error instanceof Problem ? error.document.fields : undefined}
        submitLabel={texts.action.save}
        busy={editing.saving}
        disabled={overtaken !== undefined}
        actions={actions}
      />
    </Stack>
  );
}

/** `{ "secret": "stored" }`: what the server shows in place of a secret. */
export const isMarker = (value: Json): boolean =>
  typeof value === 'object' && value !== null && 'secret' in value && value.secret === 'stored';

const kept = (document: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(document).filter(([name]) => names.includes(name)));

const defined = (value: unknown): object =>
  Object.fromEntries(Object.entries(value as object).filter(([, member]) => member !== undefined && member !== ''));
