import { Badge, Code, Group, List, Stack, Text, Title } from '@mantine/core';
import type { Schemas } from '../../api/client.ts';
import { useTexts } from '../../texts/texts-provider.tsx';

/** Entries of a list that are shown; the rest are counted. */
const SHOWN = 60;

/** What discovery found: objects with their methods, and what was skipped, with the reasons. All of it is the service's text. */
export function Found({ found }: { readonly found: Schemas['Discovery'] }) {
  const { connect: texts, problem } = useTexts();
  const { serviceObjects, diagnostics } = found;
  const methods = serviceObjects.reduce((sum, object) => sum + object.methods.length, 0);
  const skipped = diagnostics.filter(({ severity }) => severity === 'skipped');
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
  return (
    <Stack gap="sm" className="surface" p="lg">
      <Title order={2} size="h4">
        {found.title ?? texts.found}
      </Title>
      <Group gap="xs">
        <Badge>{texts.objectCount(serviceObjects.length)}</Badge>
        <Badge>{texts.methodCount(methods)}</Badge>
        <Badge color={skipped.length > 0 ? 'orange' : 'gray'}>{texts.skippedCount(skipped.length)}</Badge>
        <Badge color="gray">{texts.warningCount(warnings.length)}</Badge>
      </Group>
      <List spacing={4} size="sm" listStyleType="none">
        {serviceObjects.slice(0, SHOWN).map(({ name, displayName, methods: ofIt }) => (
          <List.Item key={name}>
            <Text span fw={600}>
              {displayName}
            </Text>{' '}
            <Text span c="dimmed">
              {ofIt
                .slice(0, 12)
                .map((method) => method.displayName)
                .join(', ')}
              {ofIt.length > 12 && ` ${problem.more(ofIt.length - 12)}`}
            </Text>
          </List.Item>
        ))}
        {serviceObjects.length > SHOWN && <List.Item>{problem.more(serviceObjects.length - SHOWN)}</List.Item>}
      </List>
      {diagnostics.length > 0 && (
        <details open={skipped.length > 0}>
          <summary>{texts.remarks(diagnostics.length)}</summary>
          <Diagnostics items={[...skipped, ...warnings]} />
        </details>
      )}
    </Stack>
  );
}

export function Diagnostics({ items }: { readonly items: readonly Schemas['Diagnostic'][] }) {
  const { connect: texts, problem } = useTexts();
  return (
    <List size="sm" mt="xs" spacing={4}>
      {items.slice(0, SHOWN).map(({ severity, code, operation, location, message }) => (
        <List.Item key={`${code} ${operation} ${location} ${message}`}>
          {severity === 'skipped' && <Badge color="orange">{texts.skipped}</Badge>}{' '}
          {operation !== undefined && <Code>{operation}</Code>} {message}
        </List.Item>
      ))}
      {items.length > SHOWN && <List.Item>{problem.more(items.length - SHOWN)}</List.Item>}
    </List>
  );
}
