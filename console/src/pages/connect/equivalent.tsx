import { Stack, Text } from '@mantine/core';
import { Copyable } from '../../parts/copyable.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';

export interface EquivalentProps {
  /** Commands that do the same, a line each. */
  readonly commands: readonly string[];
  /** Documents that `smartwright apply` takes. */
  readonly yaml?: string;
}

/** The same step without this page: as commands, and as YAML under version control. */
export function Equivalent({ commands, yaml }: EquivalentProps) {
  const { connect: texts } = useTexts();
  return (
    <details>
      <summary>{texts.equivalent}</summary>
      <Stack gap="xs" mt="xs">
        {yaml !== undefined && (
          <>
            <Text size="sm">{texts.asYaml}</Text>
            <Copyable block text={yaml} label="YAML" />
          </>
        )}
        <Copyable block text={commands.join('\n')} label={texts.commands} />
      </Stack>
    </details>
  );
}
