import { Button, Group, Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { sessionIsBack, sessionState } from '../api/session.ts';
import { useTexts } from '../texts/texts-provider.tsx';

/** Asks to sign in again in place; what the page holds stays until the person decides to leave it. */
export function SessionOver() {
  const texts = useTexts();
  const queries = useQueryClient();
  const over = useSyncExternalStore(sessionState.subscribe, sessionState.isOver);
  const again = (): void => {
    sessionIsBack();
    void queries.invalidateQueries();
  };
  const here = `/console${location.pathname.slice('/console'.length)}${location.search}`;
  return (
    <Modal opened={over} onClose={again} withCloseButton={false} title={texts.session.title} centered>
      <Text mb="md">{texts.session.explanation}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={again}>
          {texts.session.signedInElsewhere}
        </Button>
        <Button component="a" href={`/sign-in?${new URLSearchParams({ next: here })}`}>
          {texts.session.signIn}
        </Button>
      </Group>
    </Modal>
  );
}
