import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, askWithHeaders } from '../../api/client.ts';
import { mayUse, useMe } from '../../api/me.ts';
import { ConsentNote } from '../../parts/consent-note.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Moment } from '../../parts/moment.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useConsent } from '../../parts/use-consent.ts';
import { useTexts } from '../../texts/texts-provider.tsx';
import { type Connection, connectionsQuery, tokenPath } from './queries.ts';
import { TokenState } from './token-state.tsx';

/** What the person can connect to, and is connected to. */
export function MyConnections() {
  const { tokens: texts } = useTexts();
  const connections = useQuery(connectionsQuery);
  if (connections.error !== null) return <ProblemAlert error={connections.error} retry={connections.refetch} />;
  if (connections.data === undefined) return <Loading />;
  if (connections.data.items.length === 0) {
    return <EmptyState icon="token" title={texts.nothingToConnect} explanation={texts.nothingToConnectExplanation} />;
  }
  return (
    <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {connections.data.items.map((connection) => (
        <li key={connection.resource}>
          <OneConnection connection={connection} />
        </li>
      ))}
    </Stack>
  );
}

function OneConnection({ connection }: { readonly connection: Connection }) {
  const { tokens: texts } = useTexts();
  const queries = useQueryClient();
  const isAdmin = mayUse(useMe(), 'admin');
  const { resource, displayName, description, authorizationUrl, token } = connection;
  const refresh = () => queries.invalidateQueries({ queryKey: ['tokens'] });
  const consent = useConsent(refresh);
  const revoke = useMutation({
    mutationFn: () => askWithHeaders(api.DELETE('/api/me/tokens/{resource}', { params: { path: { resource } } })),
    onSuccess: refresh,
  });
  const label = token === undefined || token.state === 'revoked' ? texts.connect : texts.reconnect;
  return (
    <Stack className="surface" p="md" gap="sm">
      <Group justify="space-between" align="flex-start">
        <div>
          {isAdmin && token !== undefined ? (
            <Anchor component={Link} to={tokenPath(token)} fw={600}>
              {displayName}
            </Anchor>
          ) : (
            <Text fw={600}>{displayName}</Text>
          )}
          {description !== undefined && (
            <Text size="sm" c="dimmed">
              {description}
            </Text>
          )}
          <Text size="sm" component="div" mt={4}>
            {token === undefined ? texts.notConnected : <TokenState state={token.state} />}{' '}
            {token?.expiresAt !== undefined && (
              <>
                {texts.expires} <Moment at={token.expiresAt} relative />
              </>
            )}
          </Text>
          {(token?.message ?? token?.lastError?.message) !== undefined && (
            <Text size="sm">{token?.message ?? token?.lastError?.message}</Text>
          )}
        </div>
        <Group gap="xs">
          <Button
            size="xs"
            onClick={() => consent.open(authorizationUrl)}
            loading={consent.state === 'waiting'}
            aria-label={`${label}: ${displayName}`}
          >
            {label}
          </Button>
          {token !== undefined && token.state !== 'revoked' && (
            <Button
              size="xs"
              variant="default"
              onClick={() => revoke.mutate()}
              loading={revoke.isPending}
              aria-label={`${texts.revoke}: ${displayName}`}
            >
              {texts.revoke}
            </Button>
          )}
        </Group>
      </Group>
      <ConsentNote state={consent.state} url={authorizationUrl} />
      {revoke.error !== null && <ProblemAlert error={revoke.error} />}
    </Stack>
  );
}
