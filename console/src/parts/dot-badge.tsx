import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

/** A word with a dot whose colour says the same: the text keeps its contrast, light and dark. */
export function DotBadge({ colour, children }: { readonly colour: string; readonly children: ReactNode }) {
  return (
    <Badge
      variant="default"
      size="sm"
      tt="none"
      leftSection={<Dot colour={colour} />}
      style={{ flexShrink: 0, minWidth: 'max-content' }}
    >
      {children}
    </Badge>
  );
}

const Dot = ({ colour }: { readonly colour: string }) => (
  <span
    aria-hidden="true"
    style={{
      width: 8,
      height: 8,
      borderRadius: 8,
      display: 'inline-block',
      background: `var(--mantine-color-${colour}-6)`,
    }}
  />
);
