import { Button, Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { writeJson } from '../../../api/exact-json.ts';
import { Copyable } from '../../../parts/copyable.tsx';
import { useTexts } from '../../../texts/texts-provider.tsx';
import { download } from './file-value.ts';

/** Characters that are shown; all can be downloaded. */
const SHOWN = 200_000;

/** A value as the JSON that a program gets. */
export function JsonView({ value, name }: { readonly value: unknown; readonly name: string }) {
  const { tester: texts } = useTexts();
  const json = useMemo(() => writeJson(value, 2), [value]);
  return (
    <Stack gap="xs">
      <Copyable text={json.slice(0, SHOWN)} label="JSON" block />
      <Group gap="xs">
        {json.length > SHOWN && <Text size="sm">{texts.cut}</Text>}
        <Button size="xs" variant="default" onClick={() => download(`${name}.json`, json)}>
          {texts.download(`${name}.json`)}
        </Button>
      </Group>
    </Stack>
  );
}
