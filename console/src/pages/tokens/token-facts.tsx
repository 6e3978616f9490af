import { Alert, Code, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Moment } from '../../parts/moment.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import type { Token } from './queries.ts';
import { TokenState } from './token-state.tsx';

/** What is known of a token; its value is not among it. */
export function TokenFacts({ token }: { readonly token: Token }) {
  const { tokens: texts } = useTexts();
  const { state, expiresAt, refreshExpiresAt, issuedAt, scope, refreshable, lastError, message, resourceType } = token;
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} className="surface" p="md">
        <Fact label={texts.state}>
          <TokenState state={state} />
        </Fact>
        <Fact label={texts.resourceType}>{resourceType}</Fact>
        <Fact label={texts.issued}>
          <Moment at={issuedAt} />
        </Fact>
        <Fact label={texts.expires}>{expiresAt === undefined ? texts.noEnd : <Moment at={expiresAt} />}</Fact>
        <Fact label={texts.renewal}>
          {refreshable ? texts.renewed : texts.notRenewed}
          {refreshExpiresAt !== undefined && (
            <>
              {' '}
              (<Moment at={refreshExpiresAt} relative />)
            </>
          )}
        </Fact>
        <Fact label={texts.scope}>{scope === undefined ? '–' : <Code>{scope}</Code>}</Fact>
      </SimpleGrid>
      {(lastError !== undefined || message !== undefined) && (
        <Alert color={state === 'reconnect-required' ? 'red' : 'yellow'} title={message ?? texts.lastError}>
          {lastError !== undefined && (
            <>
              <Text size="sm">
                <Code>{lastError.code}</Code> {lastError.message}
              </Text>
              <Text size="sm" mt={4}>
                {texts.remedies[lastError.kind]}
              </Text>
            </>
          )}
        </Alert>
      )}
    </>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <div>{children}</div>
    </div>
  );
}
