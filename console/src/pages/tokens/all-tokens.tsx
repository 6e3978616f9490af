import { Anchor, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Moment } from '../../parts/moment.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { type Token, tokenPath, tokensQuery } from './queries.ts';
import { TokenState } from './token-state.tsx';

/** Those that need a person come first. */
const urgency = ['reconnect-required', 'retrying', 'expiring', 'refreshing', 'valid', 'revoked'];

/** Everybody's tokens, by person and resource. */
export function AllTokens() {
  const { tokens: texts } = useTexts();
  const tokens = useQuery(tokensQuery);
  const [wanted, setWanted] = useState('');
  if (tokens.error !== null) return <ProblemAlert error={tokens.error} retry={tokens.refetch} />;
  if (tokens.data === undefined) return <Loading />;
  if (tokens.data.items.length === 0)
    return <EmptyState icon="token" title={texts.none} explanation={texts.noneExplanation} />;
  const shown = tokens.data.items
    .filter(({ credential, resource }) => `${credential} ${resource}`.toLowerCase().includes(wanted.toLowerCase()))
    .toSorted((one, other) => urgency.indexOf(one.state) - urgency.indexOf(other.state));
  return (
    <Stack gap="sm">
      <TextInput
        label={texts.search}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        maw={420}
      />
      <div className="surface scroll-x">
        <Table verticalSpacing="sm" horizontalSpacing="md" miw={680}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{texts.credential}</Table.Th>
              <Table.Th>{texts.resource}</Table.Th>
              <Table.Th>{texts.state}</Table.Th>
              <Table.Th>{texts.expires}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((token) => (
              <Row key={tokenPath(token)} token={token} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Stack>
  );
}

function Row({ token }: { readonly token: Token }) {
  const { tokens: texts } = useTexts();
  const { credential, resource, resourceType, state, expiresAt, lastError, message } = token;
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} to={tokenPath(token)} fw={600}>
          {credential}
        </Anchor>
      </Table.Td>
      <Table.Td>
        {resource}
        <Text size="sm" c="dimmed">
          {resourceType}
        </Text>
      </Table.Td>
      <Table.Td>
        <TokenState state={state} />
        {(message ?? lastError?.message) !== undefined && (
          <Text size="sm" c="dimmed">
            {message ?? lastError?.message}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{expiresAt === undefined ? texts.noEnd : <Moment at={expiresAt} relative />}</Table.Td>
    </Table.Tr>
  );
}
