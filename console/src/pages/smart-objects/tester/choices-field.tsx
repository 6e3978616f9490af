import { Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import type { FieldProps } from '@rjsf/utils';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../../api/client.ts';
import { Problem } from '../../../api/problem.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { useTexts } from '../../../texts/texts-provider.tsx';
import { ConsentPrompt } from './consent-prompt.tsx';
import { neededInputs, partOf, propertyOf, useMethodForm } from './method-fields.tsx';

/** Milliseconds that values to choose from count as fresh. */
const FRESH = 60_000;

/** A choice among values that another method gives (`x-ms-dynamic-values`, `x-ms-dynamic-list`); any other value can be typed. */
export function ChoicesField(props: FieldProps) {
  const { fieldPathId, schema, uiSchema, name, formData, onChange, required, disabled, readonly, rawErrors } = props;
  const { form: texts } = useTexts();
  const { object, method, input } = useMethodForm();
  const [typing, setTyping] = useState(false);
  const property = propertyOf(fieldPathId.path);
  const needed = partOf(input, neededInputs(schema['x-smartwright-choices']));
  const query = useQuery({
    queryKey: ['choices', object, method, property, needed],
    queryFn: ({ signal }) =>
      ask(
        api.POST('/api/smartobjects/{object}/{method}/choices', {
          params: { path: { object, method } },
          body: { property, input: needed as Record<string, never> },
          signal,
        }),
      ),
    staleTime: FRESH,
    enabled: !typing,
  });
  const set = (value: unknown): void => onChange(value, fieldPathId.path);
  const field = {
    id: fieldPathId.$id,
    label: uiSchema?.['ui:title'] ?? schema.title ?? name,
    description: schema.description,
    required: required === true,
    disabled: disabled === true || readonly === true,
    error: rawErrors !== undefined && rawErrors.length > 0 ? rawErrors.join('; ') : undefined,
  };
  const items = query.data?.items ?? [];
  const waitsFor = query.data?.waitsFor ?? [];
  const isKnown = formData === undefined || items.some(({ value }) => value === formData);
  if (typing)
    return <Typed {...field} schema={schema} value={formData} onChange={set} onChoose={() => setTyping(false)} />;
  return (
    <Stack gap={4}>
      <Select
        {...field}
        data={[
          ...items.map(({ value, displayName }, index) => ({
            value: String(index),
            label: labelOf(displayName, value),
          })),
          ...(isKnown ? [] : [{ value: 'own', label: String(formData) }]),
        ]}
        value={
          formData === undefined ? null : isKnown ? String(items.findIndex(({ value }) => value === formData)) : 'own'
        }
        onChange={(index) => index !== 'own' && set(index === null ? undefined : items[Number(index)]?.value)}
        placeholder={
          query.isFetching
            ? texts.loadingChoices
            : waitsFor.length > 0
              ? texts.waitsFor(waitsFor.join(', '))
              : texts.choose
        }
        disabled={field.disabled || waitsFor.length > 0 || query.error !== null}
        searchable
        clearable={!field.required}
        clearButtonProps={{ 'aria-label': `${texts.removeChoice}: ${field.label}` }}
        limit={200}
      />
      {query.error instanceof Problem && query.error.document.authorizationUrl !== undefined ? (
        <ConsentPrompt problem={query.error} onGiven={() => void query.refetch()} />
      ) : (
        query.error !== null && <ProblemAlert error={query.error} retry={query.refetch} />
      )}
      <Group gap="xs">
        {query.data?.more === true && (
          <Text size="xs" c="dimmed">
            {texts.moreChoices}
          </Text>
        )}
        <Button size="compact-xs" variant="subtle" disabled={field.disabled} onClick={() => setTyping(true)}>
          {texts.typeInstead}
        </Button>
      </Group>
    </Stack>
  );
}

const labelOf = (displayName: string, value: unknown): string =>
  displayName === String(value) ? displayName : `${displayName} (${String(value)})`;

interface TypedProps {
  readonly id: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly required: boolean;
  readonly disabled: boolean;
  readonly error: string | undefined;
  readonly schema: FieldProps['schema'];
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly onChoose: () => void;
}

/** The same input, where the value wanted is none of those that are offered. */
function Typed({ schema, value, onChange, onChoose, ...field }: TypedProps) {
  const { form: texts } = useTexts();
  const isNumber = schema.type === 'integer' || schema.type === 'number';
  return (
    <Stack gap={4}>
      {isNumber ? (
        <NumberInput
          {...field}
          value={typeof value === 'number' ? value : ''}
          allowDecimal={schema.type === 'number'}
          onChange={(typed) => onChange(typed === '' ? undefined : Number(typed))}
        />
      ) : (
        <TextInput
          {...field}
          value={typeof value === 'string' ? value : ''}
          onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
        />
      )}
      <Group>
        <Button size="compact-xs" variant="subtle" onClick={onChoose}>
          {texts.chooseInstead}
        </Button>
      </Group>
    </Stack>
  );
}
