import { SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Loading } from '../../parts/loading.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { serviceTypesQuery } from '../service-instances/queries.ts';

/** The kinds of services that can be connected; each is the first step of the guided path. */
export function KindCards() {
  const { connect: texts } = useTexts();
  const { data, error, refetch } = useQuery(serviceTypesQuery);
  if (error !== null) return <ProblemAlert error={error} retry={refetch} />;
  if (data === undefined) return <Loading rows={2} height={110} />;
  const about: Partial<Record<string, string>> = texts.kinds;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      {data.items.map(({ type, displayName, description }) => (
        <Link key={type} to={`/connect/new/${encodeURIComponent(type)}`} className="surface card-link">
          <Title order={2} size="h4">
            {displayName}
          </Title>
          <Text c="dimmed" size="sm" mt={4}>
            {about[type] ?? description}
          </Text>
        </Link>
      ))}
    </SimpleGrid>
  );
}
