import { DotBadge } from '../../parts/dot-badge.tsx';
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
  return <DotBadge colour={colours[kind]}>{smartObjects.kinds[kind]}</DotBadge>;
}
