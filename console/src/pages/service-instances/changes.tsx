import { Code, Group, List, Stack, Text, Title } from '@mantine/core';
import type { Schemas } from '../../api/client.ts';
import { DotBadge } from '../../parts/dot-badge.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';

type Impact = Schemas['Review']['impact'];

/** The gravest first. */
const impacts = ['breaking', 'warning', 'additive', 'none'] as const satisfies readonly Impact[];
const colours: Readonly<Record<Impact, string>> = {
  breaking: 'red',
  warning: 'orange',
  additive: 'teal',
  none: 'gray',
};

/** What a new description changes, the gravest first, and what depends on it. */
export function Changes({ review }: { readonly review: Schemas['Review'] }) {
  const { serviceInstances: texts } = useTexts();
  return (
    <Stack gap="md">
      <Group gap="xs">
        {impacts.map((impact) => (
          <DotBadge key={impact} colour={colours[impact]}>
            {texts.impacts[impact]}: {review.counts[impact]}
          </DotBadge>
        ))}
      </Group>
      {review.changes.length === 0 && <Text>{texts.noChanges}</Text>}
      {impacts.map((impact) => {
        const changes = review.changes.filter((change) => change.impact === impact);
        if (changes.length === 0) return null;
        return (
          <Stack key={impact} gap={4}>
            <Title order={3} size="h5">
              {texts.impacts[impact]}
            </Title>
            <List size="sm" spacing={4}>
              {changes.map(({ code, pointer, message }) => (
                <List.Item key={`${code} ${pointer} ${message}`}>
                  {message} <Code>{pointer}</Code>
                </List.Item>
              ))}
            </List>
          </Stack>
        );
      })}
      {review.dependents.length > 0 && (
        <Stack gap={4}>
          <Title order={3} size="h5">
            {texts.dependents}
          </Title>
          <List size="sm">
            {review.dependents.map(({ object, method, impact }) => (
              <List.Item key={`${object}.${method}`}>
                <Code>{`${object}.${method}`}</Code> {texts.impacts[impact]}
              </List.Item>
            ))}
          </List>
        </Stack>
      )}
    </Stack>
  );
}
