import { Box, Button, Code, Group, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../../../texts/texts-provider.tsx';
import { isFileValue } from './file-value.ts';
import { ValueText } from './value-text.tsx';

/** Members that are drawn at once. */
const SHOWN = 100;
/** Levels that are open at first. */
const OPEN = 2;

/** A value with all that it holds, opened level by level. */
export function ValueTree({ value }: { readonly value: unknown }) {
  return (
    <Box className="surface scroll-x" p="sm">
      <Node value={value} level={0} />
    </Box>
  );
}

function Node({ name, value, level }: { readonly name?: string; readonly value: unknown; readonly level: number }) {
  const { tester: texts } = useTexts();
  const [open, setOpen] = useState(level < OPEN);
  const [shown, setShown] = useState(SHOWN);
  if (typeof value !== 'object' || value === null || isFileValue(value)) {
    return (
      <Group gap="xs" wrap="nowrap" align="flex-start">
        {name !== undefined && <Code>{name}</Code>}
        <ValueText value={value} whole />
      </Group>
    );
  }
  const members = Object.entries(value);
  return (
    <div>
      <UnstyledButton onClick={() => setOpen(!open)} aria-expanded={open}>
        <Group gap="xs" wrap="nowrap">
          <span aria-hidden="true">{open ? '▾' : '▸'}</span>
          {name !== undefined && <Code>{name}</Code>}
          <Text size="sm" c="dimmed">
            {Array.isArray(value) ? texts.listOf(members.length) : texts.objectOf(members.length)}
          </Text>
        </Group>
      </UnstyledButton>
      {open && (
        <ul style={{ listStyle: 'none', margin: 0, paddingInlineStart: 20 }}>
          {members.slice(0, shown).map(([key, member]) => (
            <li key={key}>
              <Node name={key} value={member} level={level + 1} />
            </li>
          ))}
          {members.length > shown && (
            <li>
              <Button size="compact-xs" variant="default" onClick={() => setShown(shown + SHOWN)}>
                {texts.moreOf(members.length - shown)}
              </Button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
