import { Badge } from '@mantine/core';
import { useTexts } from '../../texts/texts-provider.tsx';
import type { Token } from './queries.ts';

const colors = {
  valid: 'green',
  refreshing: 'blue',
  expiring: 'yellow',
  retrying: 'orange',
  'reconnect-required': 'red',
  revoked: 'gray',
} as const satisfies Record<Token['state'], string>;

/** A token's state in a word; its colour says the same again. */
export function TokenState({ state }: { readonly state: Token['state'] }) {
  const { tokens } = useTexts();
  return (
    <Badge color={colors[state]} variant="outline" className="state-badge">
      {tokens.states[state]}
    </Badge>
  );
}
