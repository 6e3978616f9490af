import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useTexts } from '../texts/texts-provider.tsx';

/** The place of something that is on its way, as high as it will be. */
export function Loading({ rows = 4, height = 44 }: { readonly rows?: number; readonly height?: number }) {
  const texts = useTexts();
  return (
    <Stack gap="xs" role="status">
      <VisuallyHidden>{texts.shell.loading}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike.
        <Skeleton key={row} height={height} radius="md" />
      ))}
    </Stack>
  );
}
