import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../shell/icon.tsx';

export interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  readonly explanation: ReactNode;
  /** The one thing to do now. */
  readonly action?: ReactNode;
}

/** Stands where nothing is yet, and says how something comes there. */
export function EmptyState({ icon, title, explanation, action }: EmptyStateProps) {
  return (
    <Stack align="center" ta="center" gap="sm" py={48} px="md" className="surface">
      <ThemeIcon size={56} radius="xl" variant="light">
        <Icon name={icon} size={28} />
      </ThemeIcon>
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text c="dimmed" maw={520}>
        {explanation}
      </Text>
      {action}
    </Stack>
  );
}
