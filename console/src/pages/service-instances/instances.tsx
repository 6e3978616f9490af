import { Anchor, Button, Code, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { mayUse, useMe } from '../../api/me.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { instancesQuery, serviceTypesQuery } from './queries.ts';

/** Every service instance. */
export function Component() {
  const { serviceInstances: texts } = useTexts();
  const me = useMe();
  const instances = useQuery(instancesQuery);
  const types = useQuery(serviceTypesQuery);
  const typeName = (type: string) => types.data?.items.find((one) => one.type === type)?.displayName ?? type;
  const add = mayUse(me, 'admin') && (
    <Button component={Link} to="/connect">
      {texts.add}
    </Button>
  );
  return (
    <Page title={texts.title} about={texts.about} actions={add}>
      {instances.error !== null ? (
        <ProblemAlert error={instances.error} retry={instances.refetch} />
      ) : instances.data === undefined ? (
        <Loading />
      ) : instances.data.items.length === 0 ? (
        <EmptyState icon="service" title={texts.none} explanation={texts.noneExplanation} action={add} />
      ) : (
        <div className="surface scroll-x">
          <Table verticalSpacing="sm" horizontalSpacing="md" miw={560}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{texts.name}</Table.Th>
                <Table.Th>{texts.type}</Table.Th>
                <Table.Th>{texts.authentication}</Table.Th>
                <Table.Th>{texts.changed}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {instances.data.items.map(({ document, updatedAt }) => (
                <Table.Tr key={document.name}>
                  <Table.Td>
                    <Anchor component={Link} to={`/service-instances/${encodeURIComponent(document.name)}`} fw={600}>
                      {document.displayName ?? document.name}
                    </Anchor>
                    <Text size="sm" c="dimmed" component="div">
                      <Code>{document.name}</Code> {document.description}
                    </Text>
                  </Table.Td>
                  <Table.Td>{typeName(document.type)}</Table.Td>
                  <Table.Td>{texts.modes[document.authentication.mode]}</Table.Td>
                  <Table.Td>
                    <Moment at={updatedAt} relative />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Page>
  );
}
