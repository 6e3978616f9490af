import { Tabs } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, ask } from '../../../api/client.ts';
import { writeJson } from '../../../api/exact-json.ts';
import { Copyable } from '../../../parts/copyable.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { useTexts } from '../../../texts/texts-provider.tsx';

/** Milliseconds without a change before the texts are written anew. */
const PAUSE = 400;

export interface EquivalentsProps {
  readonly object: string;
  readonly method: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The call as it stands in the form, as a command, a program and a workflow. */
export function Equivalents({ object, method, input }: EquivalentsProps) {
  const { tester: texts } = useTexts();
  const [settled] = useDebouncedValue(input, PAUSE);
  const query = useQuery({
    queryKey: ['equivalents', object, method, writeJson(settled)],
    queryFn: ({ signal }) =>
      ask(
        api.POST('/api/smartobjects/{object}/{method}/equivalents', {
          params: { path: { object, method } },
          body: settled as Record<string, never>,
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (query.error !== null) return <ProblemAlert error={query.error} retry={query.refetch} />;
  if (query.data === undefined) return <Loading rows={2} height={80} />;
  const written = query.data;
  return (
    <Tabs defaultValue="curl" variant="pills" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="curl">curl</Tabs.Tab>
        <Tabs.Tab value="typescript">TypeScript</Tabs.Tab>
        <Tabs.Tab value="workflow">{texts.workflow}</Tabs.Tab>
      </Tabs.List>
      {(['curl', 'typescript', 'workflow'] as const).map((form) => (
        <Tabs.Panel key={form} value={form} pt="sm">
          <Copyable text={written[form]} label={form} block />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
