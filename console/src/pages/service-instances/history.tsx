import { Badge, Button, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { Loading } from '../../parts/loading.tsx';
import { Moment } from '../../parts/moment.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { versionsQuery } from './queries.ts';

/** The descriptions that the instance has had, newest first, each of which can be brought back. */
export function History({ name, mayRestore }: { readonly name: string; readonly mayRestore: boolean }) {
  const { serviceInstances: texts } = useTexts();
  const queries = useQueryClient();
  const versions = useQuery(versionsQuery(name));
  const restore = useMutation({
    mutationFn: (version: number) =>
      ask(
        api.POST('/api/service-instances/{name}/versions/{version}/restore', {
          params: { path: { name, version: String(version) } },
        }),
      ),
    onSuccess: () => queries.invalidateQueries(),
  });
  if (versions.error !== null) return <ProblemAlert error={versions.error} retry={versions.refetch} />;
  if (versions.data === undefined) return <Loading rows={4} />;
  return (
    <>
      {restore.error !== null && <ProblemAlert error={restore.error} />}
      {versions.data.items.length === 0 ? (
        <Text c="dimmed">{texts.noHistory}</Text>
      ) : (
        <div className="surface scroll-x">
          <Table verticalSpacing="sm" horizontalSpacing="md" miw={640}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{texts.description}</Table.Th>
                <Table.Th>{texts.changed}</Table.Th>
                <Table.Th>{texts.by}</Table.Th>
                <Table.Th>{texts.holds}</Table.Th>
                <Table.Th>{texts.changes}</Table.Th>
                {mayRestore && <Table.Th>{texts.restoreColumn}</Table.Th>}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {versions.data.items.map(({ version, current, describedAt, by, methods, serviceObjects, changes }) => (
                <Table.Tr key={version}>
                  <Table.Td>
                    {texts.version(version)} {current && <Badge tt="none">{texts.current}</Badge>}
                  </Table.Td>
                  <Table.Td>
                    <Moment at={describedAt} relative />
                  </Table.Td>
                  <Table.Td>{by}</Table.Td>
                  <Table.Td>{texts.found(serviceObjects, methods)}</Table.Td>
                  <Table.Td>{changes !== undefined && texts.counts(changes.breaking, changes.additive)}</Table.Td>
                  {mayRestore && (
                    <Table.Td>
                      {!current && (
                        <Button
                          size="xs"
                          variant="default"
                          loading={restore.isPending && restore.variables === version}
                          onClick={() => restore.mutate(version)}
                        >
                          {texts.restore(version)}
                        </Button>
                      )}
                    </Table.Td>
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </>
  );
}
