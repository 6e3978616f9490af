import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { ConsentButton } from '../../parts/consent-button.tsx';
import { Copyable } from '../../parts/copyable.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { connectionsQuery } from '../tokens/queries.ts';
import { redirectUri } from './authentication-step.tsx';
import { Equivalent } from './equivalent.tsx';
import type { StoredStepProps } from './stored-step.tsx';

/** Step 4: the admin connects an account at the provider, as each person will later. */
export function SignInStep({ stored: { document } }: StoredStepProps) {
  const { connect: texts } = useTexts();
  const navigate = useNavigate();
  const { authentication, name } = document;
  const connections = useQuery(connectionsQuery);
  const resource = 'resource' in authentication ? authentication.resource : undefined;
  const account =
    authentication.mode === 'service-account' && 'account' in authentication ? authentication.account : undefined;
  const own = connections.data?.items.find((one) => one.resource === resource);
  const next = `/connect/${name}/methods`;
  return (
    <Stack gap="lg">
      <Stack gap="md" className="surface" p="lg">
        {resource === undefined ? (
          <Text>{texts.noSignInNeeded}</Text>
        ) : (
          <>
            <div>
              <Text size="sm" fw={600}>
                {texts.redirectUri}
              </Text>
              <Text size="sm" c="dimmed" mb={4}>
                {texts.redirectUriAbout}
              </Text>
              <Copyable text={redirectUri()} />
            </div>
            {own?.token !== undefined && <Text>{texts.alreadyConnected}</Text>}
            {own === undefined && connections.data !== undefined && account === undefined ? (
              <Text>{texts.applicationOnly}</Text>
            ) : (
              <ConsentButton
                resource={resource}
                {...(account !== undefined && { credential: `service:${account}` })}
                label={texts.signInAtProvider}
                onDone={() => navigate(next)}
              />
            )}
          </>
        )}
        <Group>
          <Button component={Link} to={next} variant="default">
            {own?.token === undefined && resource !== undefined ? texts.later : texts.goOn}
          </Button>
        </Group>
      </Stack>
      {resource !== undefined && <Equivalent commands={[`smartwright auth ${resource}`]} />}
    </Stack>
  );
}
