import { Badge } from '@mantine/core';
import { useTexts } from '../../texts/texts-provider.tsx';
import type { MethodEntry } from './queries.ts';

const colours: Readonly<Record<MethodEntry['kind'], string>> = {
  create: 'teal',
  read: 'indigo',
  update: 'yellow',
  delete: 'red',
  list: 'cyan',
  execute: 'grape',
};

/** What a method does. */
export function KindBadge({ kind }: { readonly kind: MethodEntry['kind'] }) {
  const { smartObjects } = useTexts();
  return (
    <Badge
      variant="default"
      size="sm"
      tt="none"
      leftSection={<Dot colour={colours[kind]} />}
      style={{ flexShrink: 0, minWidth: 'max-content' }}
    >
      {smartObjects.kinds[kind]}
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
