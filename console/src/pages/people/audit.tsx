import { Badge, Button, Code, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Loading } from '../../parts/loading.tsx';
import { Moment } from '../../parts/moment.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';

const texts = ['actor', 'action', 'subject', 'since', 'before'] as const;
const outcomes = ['done', 'refused', 'failed'] as const;
const colors = { done: 'green', refused: 'yellow', failed: 'red' } as const;
/** Entries that one page has. */
const PAGE = 50;
/** Milliseconds after the last key before the server is asked. */
const PAUSE = 300;

/** Who did what and when, with filters that the address keeps. */
export function Component() {
  const { people } = useTexts();
  const [search, setSearch] = useSearchParams();
  const [filters] = useDebouncedValue(search.toString(), PAUSE);
  const audit = useInfiniteQuery({
    queryKey: ['audit', filters],
    queryFn: ({ signal, pageParam }) =>
      ask(api.GET('/api/audit', { params: { query: { ...queryOf(filters), limit: PAGE, ...pageParam } }, signal })),
    initialPageParam: {} as { cursor?: string },
    getNextPageParam: ({ next }) => (next === undefined ? undefined : { cursor: next }),
  });
  const put = (name: string, value: string): void => {
    // The address itself, and not what was last drawn: two fields may change before the page is drawn again.
    const after = new URLSearchParams(location.search);
    if (value === '') after.delete(name);
    else after.set(name, value);
    setSearch(after, { replace: true });
  };
  return (
    <Stack gap="sm">
      <Group align="flex-end" component="search">
        {texts.map((name) => (
          <TextInput
            key={name}
            label={people.filters[name]}
            type={name === 'since' || name === 'before' ? 'datetime-local' : 'text'}
            placeholder={name === 'action' ? 'token.*' : undefined}
            value={search.get(name) ?? ''}
            onChange={(event) => put(name, event.currentTarget.value)}
          />
        ))}
        <Select
          label={people.filters.outcome}
          data={outcomes.map((value) => ({ value, label: people.outcomes[value] }))}
          value={search.get('outcome')}
          onChange={(value) => put('outcome', value ?? '')}
          clearable
          clearButtonProps={{ 'aria-label': people.anyOutcome }}
        />
      </Group>
      {audit.error !== null ? (
        <ProblemAlert error={audit.error} retry={audit.refetch} />
      ) : audit.data === undefined ? (
        <Loading />
      ) : (
        <Entries entries={audit.data.pages.flatMap(({ items }) => items)} />
      )}
      {audit.hasNextPage && (
        <Button variant="default" onClick={() => audit.fetchNextPage()} loading={audit.isFetchingNextPage}>
          {people.more}
        </Button>
      )}
    </Stack>
  );
}

type Entry = Schemas['AuditEntry'];

function Entries({ entries }: { readonly entries: readonly Entry[] }) {
  const { people } = useTexts();
  if (entries.length === 0) return <Text c="dimmed">{people.nothingNoted}</Text>;
  return (
    <div className="surface scroll-x">
      <Table verticalSpacing="xs" horizontalSpacing="md" miw={760}>
        <Table.Thead>
          <Table.Tr>
            {[
              people.when,
              people.filters.actor,
              people.filters.action,
              people.filters.subject,
              people.filters.outcome,
            ].map((title) => (
              <Table.Th key={title}>{title}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map(({ at, actor, action, subject, outcome, details }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an entry has no name, and its place never changes.
            <Table.Tr key={index}>
              <Table.Td>
                <Moment at={at} />
              </Table.Td>
              <Table.Td>{actor}</Table.Td>
              <Table.Td>
                <Code>{action}</Code>
              </Table.Td>
              <Table.Td>{subject}</Table.Td>
              <Table.Td>
                <Badge color={colors[outcome]} variant="outline" className="state-badge">
                  {people.outcomes[outcome]}
                </Badge>{' '}
                {details !== undefined && <Code>{JSON.stringify(details)}</Code>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** The filters as the API takes them; a time is typed in the person's zone. */
function queryOf(filters: string) {
  const given = new URLSearchParams(filters);
  const entries = texts.flatMap((name) => {
    const value = given.get(name) ?? '';
    if (value === '') return [];
    return [[name, name === 'since' || name === 'before' ? new Date(value).toISOString() : value] as const];
  });
  const outcome = outcomes.find((value) => value === given.get('outcome'));
  return { ...Object.fromEntries(entries), ...(outcome !== undefined && { outcome }) };
}
