import { Anchor, Badge, Button, Code, Group, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router';
import { mayUse, useMe } from '../../api/me.ts';
import { Loading } from '../../parts/loading.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { Calls } from './calls.tsx';
import { Diagnostics } from './diagnostics.tsx';
import { History } from './history.tsx';
import { KeysForm } from './keys-form.tsx';
import { instanceQuery, type StoredInstance } from './queries.ts';
import { RefreshPanel } from './refresh-panel.tsx';

const tabs = ['description', 'keys', 'history', 'diagnostics', 'calls'] as const;
type Tab = (typeof tabs)[number];
/** What a designer may see as well. */
const forDesigners: readonly Tab[] = ['history', 'diagnostics'];

/** One service instance: what it is, its keys, how its description came to be, and how its calls fare. */
export function Component() {
  const { name = '' } = useParams();
  const instance = useQuery(instanceQuery(name));
  if (instance.error !== null) {
    return (
      <Page title={name}>
        <ProblemAlert error={instance.error} retry={instance.refetch} />
      </Page>
    );
  }
  if (instance.data === undefined) {
    return (
      <Page title={name}>
        <Loading rows={6} />
      </Page>
    );
  }
  return <Instance stored={instance.data} />;
}

function Instance({ stored }: { readonly stored: StoredInstance }) {
  const { serviceInstances: texts } = useTexts();
  const admin = mayUse(useMe(), 'admin');
  const { document, version, updatedAt } = stored;
  const shown = tabs.filter((tab) => admin || forDesigners.includes(tab));
  const [parameters, setParameters] = useSearchParams();
  const asked = parameters.get('tab') as Tab | null;
  const tab = asked !== null && shown.includes(asked) ? asked : (shown[0] ?? 'history');
  return (
    <Page
      title={document.displayName ?? document.name}
      about={document.description}
      actions={
        <Group gap="xs">
          <Button
            component={Link}
            to={`/smart-objects?${new URLSearchParams({ instance: document.name })}`}
            variant="default"
          >
            {texts.smartObjects}
          </Button>
          {admin && (
            <Button
              component={Link}
              to={`/connect/${encodeURIComponent(document.name)}/authentication`}
              variant="default"
            >
              {texts.guided}
            </Button>
          )}
        </Group>
      }
    >
      <Group gap="sm">
        <Badge variant="default" tt="none">
          {document.type}
        </Badge>
        <Badge variant="default" tt="none">
          {texts.modes[document.authentication.mode]}
        </Badge>
        <Code>{document.name}</Code>
        <Text size="sm" c="dimmed">
          {texts.version(version)} · <Moment at={updatedAt} relative />
        </Text>
        <Anchor component={Link} to="/service-instances" size="sm">
          {texts.title}
        </Anchor>
      </Group>
      <Tabs
        value={tab}
        onChange={(next) => next !== null && setParameters({ tab: next }, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List>
          {shown.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {texts.tabs[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {shown.map((one) => (
          <Tabs.Panel key={one} value={one} pt="md">
            <Stack gap="md">
              {one === 'description' ? (
                <RefreshPanel name={document.name} />
              ) : one === 'keys' ? (
                <KeysForm stored={stored} />
              ) : one === 'history' ? (
                <History name={document.name} mayRestore={admin} />
              ) : one === 'diagnostics' ? (
                <Diagnostics name={document.name} />
              ) : (
                <Calls instance={document.name} />
              )}
            </Stack>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
