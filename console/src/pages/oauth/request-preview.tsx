import { Badge, Code, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { Copyable } from '../../parts/copyable.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import type { Resource, ResourceType, StagePreview } from './documents.ts';

/** Milliseconds after the last key before the server is asked. */
const PAUSE = 400;

export interface RequestPreviewProps {
  readonly resource: Resource;
  /** Unsaved; absent: the stored one of its name. */
  readonly type?: ResourceType | undefined;
}

/** The authorization, token and refresh requests as they would be sent, made anew as the documents change. Secrets are masked. */
export function RequestPreview(documents: RequestPreviewProps) {
  const { oauth: texts } = useTexts();
  const [{ resource, type }] = useDebouncedValue(documents, PAUSE);
  // A form leaves out what is empty.
  const ready = Boolean(resource.name && resource.type && resource.tokenEndpoint);
  const preview = useQuery({
    queryKey: ['oauth', 'preview', resource, type],
    queryFn: ({ signal }) =>
      ask(
        api.POST('/api/oauth/resources/preview', {
          body: { resource, ...(type !== undefined && { type }) },
          signal,
        }),
      ),
    enabled: ready,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  const items = preview.data?.items ?? [];
  return (
    <Stack gap="sm" component="section" aria-label={texts.preview}>
      <Title order={2} size="h4">
        {texts.preview}
      </Title>
      {!ready && <Text c="dimmed">{texts.previewLater}</Text>}
      {preview.error !== null && <ProblemAlert error={preview.error} />}
      <RedirectUri items={items} />
      {items.map((item) => (
        <OneRequest key={item.stage} preview={item} />
      ))}
    </Stack>
  );
}

/** What has to be registered at the provider. */
function RedirectUri({ items }: { readonly items: readonly StagePreview[] }) {
  const { oauth: texts } = useTexts();
  const uri = items.flatMap(({ parameters }) => parameters).find(({ name }) => name === 'redirect_uri')?.value;
  if (uri === undefined) return null;
  return (
    <div>
      <Text size="sm">{texts.redirectUri}</Text>
      <Copyable text={uri} />
    </div>
  );
}

function OneRequest({
  preview: { stage, method, url, headers, parameters, body },
}: {
  readonly preview: StagePreview;
}) {
  const { oauth: texts } = useTexts();
  const text = [
    `${method} ${url}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === null ? [] : ['', body]),
  ].join('\n');
  return (
    <Stack gap={6} className="surface" p="md">
      <Title order={3} size="h5">
        {texts.stages[stage]}
      </Title>
      <Copyable block text={text} label={texts.stages[stage]} />
      <div className="scroll-x">
        <Table fz="sm" verticalSpacing={4} withRowBorders={false}>
          <Table.Tbody>
            {parameters.map(({ name, value, source }) => (
              <Table.Tr key={`${name} ${value}`}>
                <Table.Th fw={500}>{name}</Table.Th>
                <Table.Td>
                  <Code>{value}</Code>
                </Table.Td>
                <Table.Td>
                  <Group justify="flex-end">
                    <Badge variant="outline" color="gray" size="sm" className="state-badge">
                      {texts.sources[source]}
                    </Badge>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Stack>
  );
}
