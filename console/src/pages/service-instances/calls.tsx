import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { DotBadge } from '../../parts/dot-badge.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Moment } from '../../parts/moment.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { callsQuery } from './queries.ts';

/** Calls that are shown. */
const SHOWN = 50;

/** The last calls, each with its status and how long it took. */
export function Calls({ instance }: { readonly instance: string }) {
  const { serviceInstances: texts } = useTexts();
  const calls = useQuery(callsQuery({ instance, limit: SHOWN }));
  if (calls.error !== null) return <ProblemAlert error={calls.error} retry={calls.refetch} />;
  if (calls.data === undefined) return <Loading rows={4} />;
  if (calls.data.items.length === 0) return <Text c="dimmed">{texts.noCalls}</Text>;
  return (
    <div className="surface scroll-x">
      <Table verticalSpacing="xs" horizontalSpacing="md" miw={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.when}</Table.Th>
            <Table.Th>{texts.method}</Table.Th>
            <Table.Th>{texts.by}</Table.Th>
            <Table.Th>{texts.status}</Table.Th>
            <Table.Th>{texts.duration}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {calls.data.items.map(({ at, object, method, actor, status, code, ms }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two calls may be the same in all that is shown.
            <Table.Tr key={index}>
              <Table.Td>
                <Moment at={at} relative />
              </Table.Td>
              <Table.Td>{`${object}.${method}`}</Table.Td>
              <Table.Td>{actor}</Table.Td>
              <Table.Td>
                <DotBadge colour={code === undefined ? 'teal' : 'red'}>
                  {status} {code}
                </DotBadge>
              </Table.Td>
              <Table.Td>{Math.round(ms)} ms</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
