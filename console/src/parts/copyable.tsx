import { Button, Code, CopyButton, Group } from '@mantine/core';
import { Icon } from '../shell/icon.tsx';
import { useTexts } from '../texts/texts-provider.tsx';

/** A text to take along: one line, or a block. */
export function Copyable({
  text,
  block = false,
  label,
}: {
  readonly text: string;
  readonly block?: boolean;
  readonly label?: string;
}) {
  const texts = useTexts();
  return (
    <Group gap="xs" align="flex-start" wrap={block ? 'nowrap' : 'wrap'}>
      <Code
        block={block}
        tabIndex={block ? 0 : undefined}
        aria-label={label}
        role={block ? 'region' : undefined}
        style={{ flex: block ? 1 : undefined, minWidth: 0, maxHeight: 360, overflow: 'auto' }}
        p={block ? 'sm' : 6}
        fz="sm"
      >
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name={copied ? 'check' : 'copy'} size={14} />}
            onClick={copy}
          >
            {copied ? texts.copy.done : texts.copy.copy}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
