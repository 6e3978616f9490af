import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { mayUse, useMe } from '../../api/me.ts';
import { ConsentButton } from '../../parts/consent-button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { KindCards } from '../connect/kind-cards.tsx';
import { callsQuery, instancesQuery } from '../service-instances/queries.ts';
import { connectionsQuery } from '../tokens/queries.ts';
import { TokenState } from '../tokens/token-state.tsx';

/** What is connected and how it does; an empty installation shows the first step instead. */
export function Component() {
  const { home: texts } = useTexts();
  const me = useMe();
  const designer = mayUse(me, 'designer');
  const admin = mayUse(me, 'admin');
  const instances = useQuery({ ...instancesQuery, enabled: designer });
  if (instances.error !== null) return <ProblemAlert error={instances.error} retry={instances.refetch} />;
  const empty = instances.data?.items.length === 0;
  return (
    <Page title={texts.title} about={empty && admin ? texts.firstStep : texts.about}>
      {empty && admin ? (
        <KindCards />
      ) : empty ? (
        <EmptyState icon="service" title={texts.nothing} explanation={texts.nothingForYou} />
      ) : (
        <>
          {designer && <Instances />}
          {admin && <FailedCalls />}
        </>
      )}
      <Connections />
    </Page>
  );
}

function Instances() {
  const { serviceInstances: texts } = useTexts();
  const { data } = useQuery(instancesQuery);
  if (data === undefined) return <Loading />;
  return (
    <Stack gap="xs" className="surface" p="lg">
      <Title order={2} size="h4">
        {texts.title}
      </Title>
      {data.items.slice(0, 20).map(({ document, updatedAt }) => (
        <Group key={document.name} justify="space-between">
          <Anchor component={Link} to={`/service-instances/${encodeURIComponent(document.name)}`} fw={600}>
            {document.displayName ?? document.name}
          </Anchor>
          <Text size="sm" c="dimmed">
            {document.type} · <Moment at={updatedAt} relative />
          </Text>
        </Group>
      ))}
    </Stack>
  );
}

function Connections() {
  const { home: texts } = useTexts();
  const { data } = useQuery(connectionsQuery);
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Stack gap="sm" className="surface" p="lg">
      <Title order={2} size="h4">
        {texts.connections}
      </Title>
      {data.items.map(({ resource, displayName, token }) => (
        <Group key={resource} justify="space-between">
          <div>
            <Text fw={600}>{displayName}</Text>
            {token !== undefined && <TokenState state={token.state} />}
          </div>
          <ConsentButton resource={resource} label={token === undefined ? texts.connect : texts.reconnect} />
        </Group>
      ))}
    </Stack>
  );
}

function FailedCalls() {
  const { home: texts } = useTexts();
  const { data } = useQuery(callsQuery({ outcome: 'failed', limit: 8 }));
  return (
    <Stack gap="sm" className="surface" p="lg">
      <Title order={2} size="h4">
        {texts.failedCalls}
      </Title>
      {data === undefined ? (
        <Loading rows={2} />
      ) : data.items.length === 0 ? (
        <Text c="dimmed">{texts.noFailedCalls}</Text>
      ) : (
        <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {data.items.map(({ at, object, method, actor, code }) => (
            <Group component="li" key={`${at} ${object} ${method} ${actor}`} justify="space-between" gap="xs">
              <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>{`${object}.${method}`}</Text>
              <Text size="sm" c="dimmed">
                {code} · {actor} · <Moment at={at} relative />
              </Text>
            </Group>
          ))}
        </Stack>
      )}
    </Stack>
  );
}
