import { Code, Group, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { DotBadge } from '../../parts/dot-badge.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { summaryQuery } from './queries.ts';

/** Diagnostics that are shown; a large description may have thousands. */
const SHOWN = 200;

/** What the last discovery found, and what it left out with the reason. */
export function Diagnostics({ name }: { readonly name: string }) {
  const { serviceInstances: texts } = useTexts();
  const summary = useQuery(summaryQuery(name));
  if (summary.error !== null) return <ProblemAlert error={summary.error} retry={summary.refetch} />;
  if (summary.data === undefined) return <Loading rows={4} />;
  const { diagnostics, serviceObjects, methods, hosts } = summary.data;
  return (
    <Stack gap="sm" className="surface" p="lg">
      <Text>{texts.found(serviceObjects, methods)}</Text>
      {hosts.length > 0 && (
        <Group gap={6}>
          <Text size="sm" c="dimmed">
            {texts.hosts}
          </Text>
          {hosts.map((host) => (
            <Code key={host}>{host}</Code>
          ))}
        </Group>
      )}
      {diagnostics.length === 0 && <Text c="dimmed">{texts.noDiagnostics}</Text>}
      <List size="sm" spacing="xs" listStyleType="none">
        {diagnostics.slice(0, SHOWN).map(({ severity, code, operation, message }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change, and the same may be said twice.
          <List.Item key={index}>
            <DotBadge colour={severity === 'skipped' ? 'red' : 'yellow'}>{texts.severities[severity]}</DotBadge>{' '}
            {operation !== undefined && <Code>{operation}</Code>} {message}{' '}
            <Text span size="xs" c="dimmed">
              {code}
            </Text>
          </List.Item>
        ))}
      </List>
      {diagnostics.length > SHOWN && <Text c="dimmed">{texts.moreDiagnostics(diagnostics.length - SHOWN)}</Text>}
    </Stack>
  );
}
