import { Accordion, Anchor, Badge, Button, Code, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { Copyable } from '../../parts/copyable.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { formsPath } from '../forms/paths.ts';
import { KindBadge } from './kind-badge.tsx';
import { methodPath, objectQuery, type SmartMethod, type SmartObject } from './queries.ts';
import { typeText } from './type-text.ts';

/** One SmartObject: what can be done with it, what it has, and the types that it is made of. */
export function Component() {
  const { object: name = '' } = useParams();
  const { smartObjects: texts } = useTexts();
  const query = useQuery(objectQuery(name));
  const object = query.data;
  if (query.error !== null) {
    return (
      <Page title={name}>
        <ProblemAlert error={query.error} retry={query.refetch} />
      </Page>
    );
  }
  if (object === undefined) {
    return (
      <Page title={name}>
        <Loading rows={6} />
      </Page>
    );
  }
  return (
    <Page
      title={object.displayName}
      about={object.description}
      actions={
        <Button component={Link} to={formsPath(object.name)} variant="default">
          {texts.asForm}
        </Button>
      }
    >
      <Head object={object} />
      <Section title={texts.methods}>
        <Methods object={object} />
      </Section>
      {object.properties.length > 0 && (
        <Section title={texts.properties}>
          <Properties object={object} />
        </Section>
      )}
      <Types types={object.types} />
    </Page>
  );
}

function Head({ object: { name, category, instance } }: { readonly object: SmartObject }) {
  const { smartObjects: texts } = useTexts();
  return (
    <Group gap="lg">
      <Text size="sm">
        {texts.systemName} <Code>{name}</Code>
      </Text>
      <Text size="sm">
        {texts.filters.category}{' '}
        <Anchor component={Link} to={`/smart-objects?${new URLSearchParams({ category })}`} underline="always">
          {category}
        </Anchor>
      </Text>
      <Text size="sm">
        {texts.filters.instance}{' '}
        <Anchor component={Link} to={`/service-instances/${encodeURIComponent(instance)}`} underline="always">
          {instance}
        </Anchor>
      </Text>
    </Group>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {title}
      </Title>
      {children}
    </Stack>
  );
}

function Methods({ object }: { readonly object: SmartObject }) {
  const { smartObjects: texts } = useTexts();
  return (
    <div className="surface scroll-x">
      <Table verticalSpacing="sm" horizontalSpacing="md" miw={520}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.method}</Table.Th>
            <Table.Th>{texts.filters.kind}</Table.Th>
            <Table.Th>{texts.description}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {object.methods.map((method) => (
            <MethodRow key={method.name} object={object.name} method={method} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function MethodRow({ object, method }: { readonly object: string; readonly method: SmartMethod }) {
  const { smartObjects: texts } = useTexts();
  const { name, displayName, kind, description, deprecated, visibility } = method;
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} to={methodPath(object, name)} fw={600}>
          {displayName}
        </Anchor>
        <Group gap={6}>
          <Code>{name}</Code>
          {deprecated === true && <Mark text={texts.deprecated} />}
          {visibility === 'internal' && <Mark text={texts.internal} />}
        </Group>
      </Table.Td>
      <Table.Td>
        <KindBadge kind={kind} />
      </Table.Td>
      <Table.Td>
        <Text size="sm" lineClamp={3}>
          {description}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

const Mark = ({ text }: { readonly text: string }) => (
  <Badge size="xs" variant="default" tt="none">
    {text}
  </Badge>
);

function Properties({ object }: { readonly object: SmartObject }) {
  const { smartObjects: texts } = useTexts();
  return (
    <div className="surface scroll-x">
      <Table verticalSpacing="xs" horizontalSpacing="md" miw={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.property}</Table.Th>
            <Table.Th>{texts.dataType}</Table.Th>
            <Table.Th>{texts.schemaType}</Table.Th>
            <Table.Th>{texts.description}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {object.properties.map(({ name, displayName, dataType, schema, description, key }) => (
            <Table.Tr key={name}>
              <Table.Td>
                <Text fw={600}>{displayName}</Text>
                <Group gap={6}>
                  <Code>{name}</Code>
                  {key === true && <Mark text={texts.key} />}
                </Group>
              </Table.Td>
              <Table.Td>{dataType}</Table.Td>
              <Table.Td>
                <Code>{typeText(schema)}</Code>
              </Table.Td>
              <Table.Td>
                <Text size="sm" lineClamp={3}>
                  {description}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** Types that are listed at once; an API's types may be thousands. */
const SHOWN = 50;

function Types({ types }: { readonly types: SmartObject['types'] }) {
  const { smartObjects: texts } = useTexts();
  const [shown, setShown] = useState(SHOWN);
  const [open, setOpen] = useState<string | null>(null);
  const names = Object.keys(types).sort();
  if (names.length === 0) return null;
  return (
    <Section title={texts.types(names.length)}>
      <Accordion variant="separated" value={open} onChange={setOpen} order={3}>
        {names.slice(0, shown).map((name) => (
          <Accordion.Item key={name} value={name}>
            <Accordion.Control>
              <Code>{name}</Code>
            </Accordion.Control>
            <Accordion.Panel>
              {open === name && <Copyable text={JSON.stringify(types[name], undefined, 2)} label={name} block />}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      {names.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + SHOWN)}>
          {texts.more(names.length - shown)}
        </Button>
      )}
    </Section>
  );
}
