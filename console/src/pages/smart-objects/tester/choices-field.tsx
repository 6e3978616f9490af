import { Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import type { FieldProps } from '@rjsf/utils';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../../api/client.ts';
import { readJson, writeJson } from '../../../api/exact-json.ts';
import type { paths } from '../../../api/generated/schema.ts';
import { Problem } from '../../../api/problem.ts';
import { asHeld, integerFrom } from '../../../form/integer.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { useTexts } from '../../../texts/texts-provider.tsx';
import { ConsentPrompt } from './consent-prompt.tsx';
import { neededInputs, partOf, propertyOf, useMethodForm } from './method-fields.tsx';

/** Milliseconds that values to choose from count as fresh. */
const FRESH = 60_000;

/** The answer, with integers of any length, which the typed client rounds. */
type Choices =
  paths['/api/smartobjects/{object}/{method}/choices']['post']['responses'][200]['content']['application/json'];

/** A choice among values that another method gives (`x-ms-dynamic-values`, `x-ms-dynamic-list`); any other value can be typed. */
export function ChoicesField(props: FieldProps) {
  const { fieldPathId, schema, uiSchema, name, formData, onChange, required, disabled, readonly, rawErrors } = props;
  const { form: texts } = useTexts();
  const { object, method, input } = useMethodForm();
  const [typing, setTyping] = useState(false);
  const property = propertyOf(fieldPathId.path);
  const needed = partOf(input, neededInputs(schema['x-smartwright-choices']));
  const query = useQuery({
    queryKey: ['choices', object, method, property, writeJson(needed)],
    queryFn: async ({ signal }): Promise<Choices> => {
      const text = await ask(
        api.POST('/api/smartobjects/{object}/{method}/choices', {
          params: { path: { object, method } },
          body: { property, input: needed as Record<string, never> },
          parseAs: 'text',
          signal,
        }),
      );
      return readJson(text) as Choices;
    },
    staleTime: FRESH,
    enabled: !typing,
  });
  const set = (chosen: unknown): void => onChange(asHeld(chosen), fieldPathId.path);
  const given = schema.type === 'integer' ? integerFrom(formData) : formData;
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
  const isKnown = given === undefined || items.some(({ value }) => value === given);
  if (typing)
    return <Typed {...field} schema={schema} value={given} onChange={set} onChoose={() => setTyping(false)} />;
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
        value={given === undefined ? null : isKnown ? String(items.findIndex(({ value }) => value === given)) : 'own'}
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
          value={typeof value === 'number' || typeof value === 'bigint' ? value : ''}
          allowDecimal={schema.type === 'number'}
          onChange={(typed) => onChange(schema.type === 'integer' || typed === '' ? integerFrom(typed) : Number(typed))}
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
