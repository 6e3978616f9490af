import { Badge, Code, Group, Stack, Table, Text } from '@mantine/core';
import type { Schemas } from '../api/client.ts';
import { useTexts } from '../texts/texts-provider.tsx';

/** The requests of an OAuth resource as they will be sent: a stage each, with where each parameter comes from. */
export function StagePreviews({ stages }: { readonly stages: readonly Schemas['StagePreview'][] }) {
  const { oauthPreview: texts } = useTexts();
  return (
    <Stack gap="md">
      {stages.map(({ stage, method, url, parameters }) => (
        <div key={stage}>
          <Group gap="xs" mb={4}>
            <Text fw={600}>{texts.stages[stage]}</Text>
            <Badge color="gray">{method}</Badge>
            <Code>{url.split('?')[0]}</Code>
          </Group>
          <div className="scroll-x">
            <Table verticalSpacing={4} fz="sm">
              <Table.Tbody>
                {parameters.map(({ name, value, source }) => (
                  <Table.Tr key={name}>
                    <Table.Th w={180}>{name}</Table.Th>
                    <Table.Td>{value}</Table.Td>
                    <Table.Td w={120} c="dimmed">
                      {texts.sources[source]}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </div>
      ))}
    </Stack>
  );
}
