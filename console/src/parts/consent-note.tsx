import { Alert, Anchor, Text } from '@mantine/core';
import { useTexts } from '../texts/texts-provider.tsx';
import type { ConsentState } from './use-consent.ts';
import { webAddress } from './web-address.ts';

/** What a person has to know while a consent is under way, and what to do when no window opened. */
export function ConsentNote({ state, url }: { readonly state: ConsentState; readonly url: string | undefined }) {
  const { consent: texts } = useTexts();
  const address = webAddress(url);
  if (state === 'idle') return null;
  return (
    <Alert color={state === 'given' ? 'green' : state === 'waiting' ? 'blue' : 'yellow'} role="status">
      <Text size="sm">{texts[state]}</Text>
      {state === 'blocked' && address !== undefined && (
        <Anchor href={address} target="_blank" rel="opener" size="sm">
          {texts.openHere}
        </Anchor>
      )}
    </Alert>
  );
}
