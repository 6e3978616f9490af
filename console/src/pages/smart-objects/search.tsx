import { Button, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { mayUse, useMe } from '../../api/me.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Icon } from '../../shell/icon.tsx';
import { useLanguage, useTexts } from '../../texts/texts-provider.tsx';
import { MethodList } from './method-list.tsx';
import { facetsQuery, type MethodEntry, type MethodFilter, methodPageQuery } from './queries.ts';

/** Milliseconds without a key before the server is asked. */
const PAUSE = 200;

/** Every method of every SmartObject, searched and paged by the server. The search is in the address. */
export function Component() {
  const { smartObjects: texts } = useTexts();
  const { language } = useLanguage();
  const me = useMe();
  const [filter, narrow] = useFilter();
  const first = useQuery(methodPageQuery(filter, 0));
  const facets = useQuery(facetsQuery);
  const isFiltered = Object.values(filter).some((value) => value !== '');
  return (
    <Page title={texts.title} about={texts.about}>
      <Filters filter={filter} narrow={narrow} facets={facets.data} />
      {first.error !== null ? (
        <ProblemAlert error={first.error} retry={first.refetch} />
      ) : first.data === undefined ? (
        <Loading rows={8} height={64} />
      ) : first.data.total > 0 ? (
        <>
          <Text size="sm" c="dimmed" role="status">
            {texts.found(first.data.total, language)}
          </Text>
          <MethodList key={JSON.stringify(filter)} filter={filter} total={first.data.total} />
        </>
      ) : isFiltered ? (
        <EmptyState
          icon="search"
          title={texts.nothingFound}
          explanation={texts.nothingFoundExplanation}
          action={<Button onClick={() => narrow(nothing)}>{texts.clear}</Button>}
        />
      ) : (
        <EmptyState
          icon="object"
          title={texts.none}
          explanation={texts.noneExplanation}
          action={
            mayUse(me, 'admin') && (
              <Button component={Link} to="/connect">
                {texts.connect}
              </Button>
            )
          }
        />
      )}
    </Page>
  );
}

const nothing: MethodFilter = { search: '', category: '', instance: '', kind: '' };

/** The filter as it stands in the address, and how it is changed. */
function useFilter(): [filter: MethodFilter, narrow: (change: Partial<MethodFilter>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const of = (name: keyof MethodFilter): string => parameters.get(name) ?? '';
  const filter = { search: of('search'), category: of('category'), instance: of('instance'), kind: of('kind') };
  const narrow = (change: Partial<MethodFilter>): void =>
    setParameters(
      Object.entries({ ...filter, ...change }).filter(([, value]) => value !== ''),
      { replace: true },
    );
  return [filter, narrow];
}

interface FiltersProps {
  readonly filter: MethodFilter;
  readonly narrow: (change: Partial<MethodFilter>) => void;
  readonly facets: Facets | undefined;
}

interface Facets {
  readonly categories: readonly Facet[];
  readonly instances: readonly Facet[];
  readonly kinds: readonly Facet[];
}
interface Facet {
  readonly value: string;
  readonly methods: number;
}

function Filters({ filter, narrow, facets }: FiltersProps) {
  const { smartObjects: texts } = useTexts();
  const named = (values: readonly Facet[] | undefined, name = (value: string) => value) =>
    (values ?? []).map(({ value, methods }) => ({ value, label: `${name(value)} (${methods})` }));
  const select = (field: 'category' | 'instance' | 'kind', data: ReturnType<typeof named>) => (
    <Select
      label={texts.filters[field]}
      placeholder={texts.all}
      data={data}
      value={filter[field] || null}
      onChange={(value) => narrow({ [field]: value ?? '' })}
      clearable
      searchable
      clearButtonProps={{ 'aria-label': `${texts.all}: ${texts.filters[field]}` }}
    />
  );
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
      <SearchField value={filter.search} onChange={(search) => narrow({ search })} />
      {select('category', named(facets?.categories))}
      {select('instance', named(facets?.instances))}
      {select(
        'kind',
        named(facets?.kinds, (kind) => texts.kinds[kind as MethodEntry['kind']] ?? kind),
      )}
    </SimpleGrid>
  );
}

/** What is typed counts when the person pauses. */
function SearchField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { smartObjects: texts } = useTexts();
  const [typed, setTyped] = useState(value);
  const [settled] = useDebouncedValue(typed, PAUSE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed changes the address.
  useEffect(() => {
    if (settled !== value) onChange(settled);
  }, [settled]);
  useEffect(() => setTyped(value), [value]);
  return (
    <TextInput
      type="search"
      label={texts.filters.search}
      placeholder={texts.searchPlaceholder}
      leftSection={<Icon name="search" size={16} />}
      value={typed}
      maxLength={200}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
}
