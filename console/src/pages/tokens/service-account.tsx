import { Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConsentNote } from '../../parts/consent-note.tsx';
import { useConsent } from '../../parts/use-consent.ts';
import { useTexts } from '../../texts/texts-provider.tsx';
import { connectionsQuery } from './queries.ts';

/** Connects a service account: an identity for programs, which an admin gives consent for once. */
export function ServiceAccount() {
  const { tokens: texts } = useTexts();
  const queries = useQueryClient();
  const connections = useQuery(connectionsQuery);
  const [account, setAccount] = useState('');
  const [resource, setResource] = useState<string | null>(null);
  const consent = useConsent(() => queries.invalidateQueries({ queryKey: ['tokens'] }));
  const items = connections.data?.items ?? [];
  const chosen = items.find((item) => item.resource === resource);
  if (items.length === 0) return null;
  const url =
    chosen === undefined || account.trim() === '' ? undefined : urlFor(chosen.authorizationUrl, account.trim());
  return (
    <Stack className="surface" p="md" gap="sm">
      <div>
        <Title order={2} size="h4">
          {texts.serviceAccount}
        </Title>
        <Text size="sm" c="dimmed">
          {texts.serviceAccountAbout}
        </Text>
      </div>
      <Group align="flex-end">
        <Select
          label={texts.resource}
          data={items.map((item) => ({ value: item.resource, label: item.displayName }))}
          value={resource}
          onChange={setResource}
        />
        <TextInput label={texts.account} value={account} onChange={(event) => setAccount(event.currentTarget.value)} />
        <Button disabled={url === undefined} onClick={() => url !== undefined && consent.open(url)}>
          {texts.connect}
        </Button>
      </Group>
      <ConsentNote state={consent.state} url={url} />
    </Stack>
  );
}

function urlFor(authorizationUrl: string, account: string): string {
  const url = new URL(authorizationUrl);
  url.searchParams.set('credential', `service:${account}`);
  return url.href;
}
