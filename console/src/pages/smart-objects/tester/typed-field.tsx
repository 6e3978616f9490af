import { Stack, Text } from '@mantine/core';
import type { FieldProps, RJSFSchema } from '@rjsf/utils';
import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { api, ask } from '../../../api/client.ts';
import { writeJson } from '../../../api/exact-json.ts';
import { Problem } from '../../../api/problem.ts';
import { Loading } from '../../../parts/loading.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { useTexts } from '../../../texts/texts-provider.tsx';
import { ConsentPrompt } from './consent-prompt.tsx';
import { neededInputs, partOf, propertyOf, useMethodForm } from './method-fields.tsx';

/** Milliseconds that a type counts as fresh. */
const FRESH = 60_000;

/** An input whose type another method tells (`x-ms-dynamic-schema`, `x-ms-dynamic-properties`), such as the columns of a list. */
export function TypedField(props: FieldProps) {
  const { fieldPathId, schema, uiSchema, name, registry } = props;
  const { form: texts } = useTexts();
  const { object, method, input } = useMethodForm();
  const property = propertyOf(fieldPathId.path);
  const needed = partOf(input, neededInputs(schema['x-smartwright-schema']));
  const query = useQuery({
    queryKey: ['property-type', object, method, property, writeJson(needed)],
    queryFn: ({ signal }) =>
      ask(
        api.POST('/api/smartobjects/{object}/{method}/property-type', {
          params: { path: { object, method } },
          body: { property, input: needed as Record<string, never> },
          signal,
        }),
      ),
    staleTime: FRESH,
  });
  const label = uiSchema?.['ui:title'] ?? schema.title ?? name;
  if (query.error instanceof Problem && query.error.document.authorizationUrl !== undefined) {
    return <ConsentPrompt problem={query.error} onGiven={() => void query.refetch()} />;
  }
  if (query.error !== null) return <ProblemAlert error={query.error} retry={query.refetch} />;
  if (query.data === undefined) return <Loading rows={1} />;
  const { schema: told, waitsFor = [] } = query.data;
  if (told === undefined) {
    return (
      <Stack gap={0}>
        <Text fw={500}>{label}</Text>
        <Text size="sm" c="dimmed">
          {texts.waitsFor(waitsFor.join(', '))}
        </Text>
      </Stack>
    );
  }
  const SchemaField = registry.fields.SchemaField as ComponentType<FieldProps>;
  return <SchemaField {...props} schema={{ title: label, ...plainType(told) }} uiSchema={{}} />;
}

/** A service's schema without what would lead out of it or ask again: references, identifiers and our own annotations. */
function plainType(schema: unknown, depth = 8): RJSFSchema {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema) || depth === 0) return {};
  const plain: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword.startsWith('$') || keyword.startsWith('x-')) continue;
    if (keyword === 'properties' && typeof value === 'object' && value !== null) {
      const members = Object.entries(value).map(([name, member]) => [name, plainType(member, depth - 1)] as const);
      plain.properties = Object.fromEntries(members);
    } else if (keyword === 'items') plain.items = plainType(value, depth - 1);
    else if (kept.has(keyword)) plain[keyword] = value;
  }
  return plain.type === undefined && plain.properties !== undefined ? { ...plain, type: 'object' } : plain;
}

/** Keywords that a form is drawn from and that hold no schema. */
const kept = new Set([
  'type',
  'title',
  'description',
  'enum',
  'default',
  'format',
  'required',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'readOnly',
]);
