import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { Problem } from '../../../api/problem.ts';
import { ConsentNote } from '../../../parts/consent-note.tsx';
import { useConsent } from '../../../parts/use-consent.ts';
import { Icon } from '../../../shell/icon.tsx';
import { useTexts } from '../../../texts/texts-provider.tsx';

export interface ConsentPromptProps {
  /** What asks for it: it has an `authorizationUrl`. */
  readonly problem: Problem;
  /** Called when the consent is given: what needed it works now. */
  readonly onGiven: () => void;
}

/** Leads through a consent at a provider, in a window of its own, and says what to do where that goes wrong. */
export function ConsentPrompt({ problem, onGiven }: ConsentPromptProps) {
  const { methodConsent: texts } = useTexts();
  const { authorizationUrl = '' } = problem.document;
  const { state, open } = useConsent(onGiven);
  const again = problem.code === 'RECONNECT_REQUIRED';
  return (
    <Alert
      color="indigo"
      variant="light"
      icon={<Icon name="token" />}
      title={again ? texts.again : texts.needed}
      role="alert"
    >
      <Stack gap="xs">
        <Text size="sm">{again ? texts.againExplanation : texts.explanation}</Text>
        <ConsentNote state={state} url={authorizationUrl} />
        <Group gap="xs">
          <Button size="sm" onClick={() => open(authorizationUrl)} rightSection={<Icon name="external" size={14} />}>
            {again ? texts.reconnect : texts.give}
          </Button>
          {state !== 'idle' && (
            <Button size="sm" variant="default" onClick={onGiven}>
              {texts.retry}
            </Button>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {problem.document.detail}
        </Text>
      </Stack>
    </Alert>
  );
}
