import { Anchor, Breadcrumbs, Code, Group, Stack, Table, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { KindBadge } from './kind-badge.tsx';
import { type DesignerProperty, type MethodSchema, methodSchemaQuery, objectPath } from './queries.ts';
import { Equivalents } from './tester/equivalents.tsx';
import { MethodRunner } from './tester/method-runner.tsx';

/** The method tester: its form, its result, and the same call for those who do not click. */
export function Component() {
  const { object = '', method = '' } = useParams();
  const schema = useQuery(methodSchemaQuery(object, method));
  if (schema.error !== null) {
    return (
      <Page title={method}>
        <ProblemAlert error={schema.error} retry={schema.refetch} />
      </Page>
    );
  }
  if (schema.data === undefined) {
    return (
      <Page title={method}>
        <Loading rows={6} />
      </Page>
    );
  }
  return <Tester key={`${object}.${method}`} object={object} method={schema.data} />;
}

function Tester({ object, method }: { readonly object: string; readonly method: MethodSchema }) {
  const { smartObjects: texts, tester } = useTexts();
  const [input, setInput] = useState<Readonly<Record<string, unknown>>>({});
  return (
    <Page title={method.displayName} about={method.description === method.displayName ? undefined : method.description}>
      <Group justify="space-between">
        <Breadcrumbs>
          <Anchor component={Link} to="/smart-objects">
            {texts.title}
          </Anchor>
          <Anchor component={Link} to={objectPath(object)}>
            {object}
          </Anchor>
          <Code>{method.name}</Code>
        </Breadcrumbs>
        <KindBadge kind={method.kind} />
      </Group>
      <MethodRunner object={object} method={method} onInput={setInput} detailed />
      <Tabs defaultValue="call" keepMounted={false} className="surface" p="md">
        <Tabs.List>
          <Tabs.Tab value="call">{tester.sameCall}</Tabs.Tab>
          <Tabs.Tab value="inputs">{tester.inputs(method.inputProperties.length)}</Tabs.Tab>
          <Tabs.Tab value="results">{tester.results(method.returnProperties.length)}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="call" pt="md">
          <Equivalents object={object} method={method.name} input={input} />
        </Tabs.Panel>
        <Tabs.Panel value="inputs" pt="md">
          <PropertyTable properties={method.inputProperties} />
        </Tabs.Panel>
        <Tabs.Panel value="results" pt="md">
          <PropertyTable properties={method.returnProperties} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

/** Properties with their K2 types, as designers without nested values see them. */
function PropertyTable({ properties }: { readonly properties: readonly DesignerProperty[] }) {
  const { smartObjects: texts, tester } = useTexts();
  if (properties.length === 0) return <Text c="dimmed">{tester.noProperties}</Text>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className="scroll-x" tabIndex={0} aria-label={texts.properties}>
      <Table verticalSpacing="xs" miw={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.property}</Table.Th>
            <Table.Th>{texts.dataType}</Table.Th>
            <Table.Th>{texts.description}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {properties.map(({ name, displayName, dataType, required, description }) => (
            <Table.Tr key={name}>
              <Table.Td>
                <Stack gap={0}>
                  <Text fw={600}>
                    {displayName}
                    {required && ` (${tester.required})`}
                  </Text>
                  <Code>{name}</Code>
                </Stack>
              </Table.Td>
              <Table.Td>{dataType}</Table.Td>
              <Table.Td>
                <Text size="sm" lineClamp={3}>
                  {description}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
