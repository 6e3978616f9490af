import { Alert, Button, Stack } from '@mantine/core';
import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { hasCode, Problem } from '../../api/problem.ts';
import { isMarker } from '../../documents/document-form.tsx';
import type { Json } from '../../documents/merge.ts';
import { SchemaForm } from '../../form/index.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { Changes } from './changes.tsx';
import { type StoredInstance, saveInstance, serviceTypesQuery } from './queries.ts';

type Keys = Readonly<Record<string, unknown>>;

/** The service keys as the form that the broker's schema describes. A stored secret shows empty; what is typed there replaces it. */
export function KeysForm({ stored: { document, version } }: { readonly stored: StoredInstance }) {
  const { serviceInstances: texts, documents, action } = useTexts();
  const queries = useQueryClient();
  const types = useQuery(serviceTypesQuery);
  const secrets = Object.fromEntries(Object.entries(document.keys).filter(([, value]) => isMarker(value as Json)));
  const [keys, setKeys] = useState<Keys>(() =>
    Object.fromEntries(Object.entries(document.keys).filter(([name]) => !Object.hasOwn(secrets, name))),
  );
  const save = useMutation({
    mutationFn: (accept: string | undefined) =>
      saveInstance({ ...document, keys: { ...secrets, ...defined(keys) } }, version, accept),
    onSuccess: () => queries.invalidateQueries(),
  });
  if (types.error !== null) return <ProblemAlert error={types.error} retry={types.refetch} />;
  const schema = types.data?.items.find(({ type }) => type === document.type)?.keys;
  if (typeof schema !== 'object') return <Loading rows={5} height={60} />;
  const review = hasCode(save.error, 'CHANGES_BREAKING') ? save.error.document.review : undefined;
  return (
    <Stack gap="md" className="surface" p="lg">
      {save.isSuccess && (
        <Alert color="green" role="status">
          {documents.saved(version)}
        </Alert>
      )}
      {save.error !== null && (
        <ProblemAlert error={save.error}>
          {review !== undefined && (
            <Button size="xs" color="red" onClick={() => save.mutate(review.id)}>
              {texts.acceptBreaking(review.counts.breaking)}
            </Button>
          )}
        </ProblemAlert>
      )}
      {review !== undefined && <Changes review={review} />}
      <SchemaForm
        schema={withoutDemands(schema as RJSFSchema, Object.keys(secrets))}
        uiSchema={passwordsOf(schema as RJSFSchema, secrets, documents.storedSecret)}
        value={keys}
        onChange={(value) => setKeys(value as Keys)}
        onSubmit={() => save.mutate(undefined)}
        {...(save.error instanceof Problem && { faults: save.error.document.fields })}
        submitLabel={action.save}
        busy={save.isPending}
        idPrefix={`keys-${document.name}`}
      />
    </Stack>
  );
}

/** A secret that is stored need not be typed again. */
function withoutDemands(schema: RJSFSchema, stored: readonly string[]): RJSFSchema {
  const { title: _, description: __, ...rest } = schema;
  return { ...rest, required: (schema.required ?? []).filter((name) => !stored.includes(name)) };
}

function passwordsOf(schema: RJSFSchema, secrets: Keys, placeholder: string): UiSchema {
  const hidden = Object.entries(schema.properties ?? {}).filter(
    ([, property]) => typeof property === 'object' && property.writeOnly === true,
  );
  return Object.fromEntries(
    hidden.map(([name]) => [
      name,
      { 'ui:widget': 'password', ...(Object.hasOwn(secrets, name) && { 'ui:placeholder': placeholder }) },
    ]),
  );
}

const defined = (keys: Keys): Keys =>
  Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined && value !== ''));
