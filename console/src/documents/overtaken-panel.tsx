import { Alert, Button, Code, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../shell/icon.tsx';
import { useTexts } from '../texts/texts-provider.tsx';
import type { EditedDocument, EditedKind } from './kinds.ts';
import { type Conflict, type Json, withMine } from './merge.ts';
import type { Overtaken } from './use-editing.ts';

export interface OvertakenPanelProps<K extends EditedKind> {
  readonly overtaken: Overtaken<K>;
  readonly goOn: (document: EditedDocument<K>) => void;
}

const key = ({ path }: Pick<Conflict, 'path'>): string => JSON.stringify(path);
const place = (path: readonly string[]): string => (path.length === 0 ? '/' : path.join(' → '));

/** Two people changed the same document: what the other one did, and the choice where both did something else. */
export function OvertakenPanel<K extends EditedKind>({ overtaken, goOn }: OvertakenPanelProps<K>) {
  const { documents: texts } = useTexts();
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set());
  const { conflicts, theirChanges, merged, stored } = overtaken;
  const choose = (conflict: Conflict, whose: string): void => {
    const next = new Set(mine);
    if (whose === 'mine') next.add(key(conflict));
    else next.delete(key(conflict));
    setMine(next);
  };
  const chosen = (): Json => conflicts.filter((conflict) => mine.has(key(conflict))).reduce<Json>(withMine, merged);
  return (
    <Alert color="yellow" title={texts.overtaken(stored.version)} icon={<Icon name="people" />} role="alert">
      <Stack gap="sm">
        <Text size="sm">{texts.overtakenRemedy}</Text>
        <Text size="sm">
          {texts.theirChanges}: {theirChanges.map(place).join(', ')}
        </Text>
        {conflicts.map((conflict) => (
          <Radio.Group
            key={key(conflict)}
            label={place(conflict.path)}
            description={texts.bothChanged}
            value={mine.has(key(conflict)) ? 'mine' : 'theirs'}
            onChange={(whose) => choose(conflict, whose)}
          >
            <Stack gap={4} mt={4}>
              <Radio value="theirs" label={<Choice label={texts.theirs} value={conflict.theirs} />} />
              <Radio value="mine" label={<Choice label={texts.mine} value={conflict.mine} />} />
            </Stack>
          </Radio.Group>
        ))}
        <Group>
          <Button size="xs" onClick={() => goOn(chosen() as EditedDocument<K>)}>
            {texts.merge}
          </Button>
          <Button size="xs" variant="default" onClick={() => goOn(stored.document)}>
            {texts.takeTheirs}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function Choice({ label, value }: { readonly label: string; readonly value: Json }) {
  return (
    <>
      {label} {value !== undefined && <Code>{typeof value === 'string' ? value : JSON.stringify(value)}</Code>}
    </>
  );
}
