import { Alert, Anchor, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Problem, type ProblemDocument, ServerAway } from '../api/problem.ts';
import { Icon } from '../shell/icon.tsx';
import type { Texts } from '../texts/texts.ts';
import { useTexts } from '../texts/texts-provider.tsx';
import { webAddress } from './web-address.ts';

export interface ProblemAlertProps {
  readonly error: unknown;
  /** Asks again. */
  readonly retry?: () => unknown;
  /** What else can be done about it here. */
  readonly children?: ReactNode;
}

/** What went wrong, and what to do about it. The server's own words stand below the explanation; all of it is text. */
export function ProblemAlert({ error, retry, children }: ProblemAlertProps) {
  const texts = useTexts();
  const { title, remedy, detail } = explained(error, texts);
  const problem = error instanceof Problem ? error.document : undefined;
  const authorization = webAddress(problem?.authorizationUrl);
  return (
    <Alert color="red" title={title} icon={<Icon name="alert" />} role="alert">
      <Stack gap="xs">
        {remedy !== undefined && <Text size="sm">{remedy}</Text>}
        {detail !== undefined && <Text size="sm">{detail}</Text>}
        {problem !== undefined && <Fields problem={problem} />}
        {authorization !== undefined && (
          <Anchor href={authorization} target="_blank" size="sm">
            {texts.problem.authorize}
          </Anchor>
        )}
        {(retry !== undefined || children !== undefined) && (
          <Group gap="xs">
            {retry !== undefined && (
              <Button size="xs" variant="default" onClick={() => retry()}>
                {texts.problem.retry}
              </Button>
            )}
            {children}
          </Group>
        )}
        {problem !== undefined && (
          <Text size="xs" c="dimmed">
            {problem.code} · {problem.instance}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

/** Fields at fault that an answer names; a list longer than this is told by its number. */
const FIELDS_SHOWN = 8;

function Fields({ problem: { fields = [] } }: { readonly problem: ProblemDocument }) {
  const texts = useTexts();
  if (fields.length === 0) return null;
  return (
    <List size="sm">
      {fields.slice(0, FIELDS_SHOWN).map(({ pointer, message }) => (
        <List.Item key={`${pointer} ${message}`}>
          {pointer !== '' && <Code>{pointer}</Code>} {message}
        </List.Item>
      ))}
      {fields.length > FIELDS_SHOWN && <List.Item>{texts.problem.more(fields.length - FIELDS_SHOWN)}</List.Item>}
    </List>
  );
}

interface Explained {
  readonly title: string;
  readonly remedy?: string;
  readonly detail?: string;
}

function explained(error: unknown, { problem }: Texts): Explained {
  if (error instanceof Problem) {
    const known: Partial<Record<string, { title: string; remedy: string }>> = problem.codes;
    return { title: error.document.title, ...known[error.code], detail: error.document.detail };
  }
  if (error instanceof ServerAway) return problem.away;
  return { ...problem.fault, detail: error instanceof Error ? error.message : String(error) };
}
