import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { api, ask, askWithHeaders } from '../../api/client.ts';
import { useMe } from '../../api/me.ts';
import { ConsentNote } from '../../parts/consent-note.tsx';
import { Copyable } from '../../parts/copyable.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useConsent } from '../../parts/use-consent.ts';
import { useTexts } from '../../texts/texts-provider.tsx';
import { tokensQuery, tracesQuery } from './queries.ts';
import { TokenFacts } from './token-facts.tsx';
import { TraceTimeline } from './trace-timeline.tsx';

/** One token: its state, what can be done about it, and what its flows did. For admins. */
export function Component() {
  const { resource = '', credential = '' } = useParams();
  const { tokens: texts } = useTexts();
  const queries = useQueryClient();
  const me = useMe();
  const tokens = useQuery(tokensQuery);
  const traces = useQuery(tracesQuery(resource, credential));
  const token = tokens.data?.items.find((item) => item.resource === resource && item.credential === credential);
  const again = () => queries.invalidateQueries({ queryKey: ['tokens'] });
  const consent = useConsent(again);
  const path = { resource, credential };
  const refresh = useMutation({
    mutationFn: () => ask(api.POST('/api/oauth/tokens/{resource}/{credential}/refresh', { params: { path } })),
    onSettled: again,
  });
  const revoke = useMutation({
    mutationFn: () => askWithHeaders(api.DELETE('/api/oauth/tokens/{resource}/{credential}', { params: { path } })),
    onSettled: again,
  });
  const url = authorizationUrl(resource, credential);
  const mine = credential === me.credential || credential.startsWith('service:');
  const live = token !== undefined && token.state !== 'revoked';
  return (
    <Page
      title={texts.tokenOf(credential, resource)}
      actions={
        <Group gap="xs">
          {mine && (
            <Button onClick={() => consent.open(url)} loading={consent.state === 'waiting'}>
              {live ? texts.reconnect : texts.connect}
            </Button>
          )}
          {live && (
            <>
              <Button variant="default" onClick={() => refresh.mutate()} loading={refresh.isPending}>
                {texts.refresh}
              </Button>
              <Button variant="default" onClick={() => revoke.mutate()} loading={revoke.isPending}>
                {texts.revoke}
              </Button>
            </>
          )}
        </Group>
      }
    >
      <ConsentNote state={consent.state} url={url} />
      {[tokens.error, refresh.error, revoke.error].map(
        (error, index) => error !== null && <ProblemAlert key={['list', 'refresh', 'revoke'][index]} error={error} />,
      )}
      {tokens.data === undefined ? (
        <Loading rows={2} />
      ) : token === undefined ? (
        <Text>{texts.notConnected}</Text>
      ) : (
        <TokenFacts token={token} />
      )}
      {!mine && credential.startsWith('user:') && (
        <Stack gap={4}>
          <Text size="sm">{texts.sendLink}</Text>
          <Copyable text={url} />
        </Stack>
      )}
      <Stack gap="sm">
        <Title order={2} size="h4">
          {texts.trace}
        </Title>
        {traces.error !== null ? (
          <ProblemAlert error={traces.error} retry={traces.refetch} />
        ) : traces.data === undefined ? (
          <Loading rows={3} />
        ) : (
          <TraceTimeline traces={traces.data.items} lastError={token?.lastError} />
        )}
      </Stack>
    </Page>
  );
}

function authorizationUrl(resource: string, credential: string): string {
  const query = credential.startsWith('service:') ? `?${new URLSearchParams({ credential })}` : '';
  return `${location.origin}/oauth/authorize/${encodeURIComponent(resource)}${query}`;
}
