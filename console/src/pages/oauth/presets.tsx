import { Anchor, Button, Group, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { webAddress } from '../../parts/web-address.ts';
import { useTexts } from '../../texts/texts-provider.tsx';
import type { Draft } from './documents.ts';
import { presetQuery, presetsQuery } from './queries.ts';

/** The providers that are known, to start from. */
export function Component() {
  const { oauth: texts } = useTexts();
  const [search, setSearch] = useSearchParams();
  const wanted = search.get('search') ?? '';
  const presets = useQuery(presetsQuery);
  const shown = presets.data?.items.filter(({ name, title }) =>
    `${name} ${title}`.toLowerCase().includes(wanted.toLowerCase()),
  );
  return (
    <Page title={texts.presets} about={texts.presetsAbout}>
      <TextInput
        label={texts.searchPresets}
        value={wanted}
        maw={420}
        onChange={({ currentTarget: { value } }) => setSearch(value === '' ? {} : { search: value }, { replace: true })}
      />
      {presets.error !== null ? (
        <ProblemAlert error={presets.error} retry={presets.refetch} />
      ) : shown === undefined ? (
        <Loading />
      ) : shown.length === 0 ? (
        <Text>{texts.noPreset}</Text>
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {shown.map((preset) => (
            <PresetCard key={preset.name} preset={preset} />
          ))}
        </SimpleGrid>
      )}
    </Page>
  );
}

function PresetCard({
  preset: { name, title, documentation, notes = [] },
}: {
  readonly preset: Schemas['PresetSummary'];
}) {
  const { oauth: texts } = useTexts();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const use = useMutation({
    mutationFn: () => queries.fetchQuery(presetQuery(name)),
    onSuccess: ({ documents }) => {
      const draft: Draft = { ...documents, notes };
      return navigate('/oauth/resources/new', { state: draft });
    },
  });
  return (
    <Stack className="surface" p="md" gap="xs" justify="space-between">
      <div>
        <Title order={2} size="h5">
          {title}
        </Title>
        {notes.map((note) => (
          <Text key={note} size="sm" c="dimmed">
            {note}
          </Text>
        ))}
      </div>
      {use.error !== null && <ProblemAlert error={use.error} />}
      <Group justify="space-between">
        <Anchor
          href={webAddress(documentation)}
          target="_blank"
          rel="noreferrer"
          size="sm"
          aria-label={`${texts.documentation}: ${title}`}
        >
          {texts.documentation}
        </Anchor>
        <Button size="xs" onClick={() => use.mutate()} loading={use.isPending} aria-label={`${texts.use}: ${title}`}>
          {texts.use}
        </Button>
      </Group>
    </Stack>
  );
}
