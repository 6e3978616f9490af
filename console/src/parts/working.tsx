import { Button, Group, Loader, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTexts } from '../texts/texts-provider.tsx';

/** Work that takes its time: for how long it has, and the way to stop it. */
export function Working({ onCancel }: { readonly onCancel: () => void }) {
  const texts = useTexts();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Group gap="xs" role="status">
      <Loader size="xs" />
      <Text size="sm" c="dimmed">
        {texts.shell.working(seconds)}
      </Text>
      <Button size="xs" variant="default" onClick={onCancel}>
        {texts.action.cancel}
      </Button>
    </Group>
  );
}
