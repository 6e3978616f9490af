import { Alert, Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { Copyable } from '../../parts/copyable.tsx';
import { Moment } from '../../parts/moment.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { DocumentPage } from './document-page.tsx';

/** A person: what they are called, and what they may do. */
export function Component() {
  const { people: texts } = useTexts();
  const { name = '' } = useParams();
  return (
    <DocumentPage
      kind="User"
      list="/people"
      path="/people/users"
      fresh={{ kind: 'User', name: '', roles: ['user'] }}
      texts={texts.users}
      uiSchema={{
        roles: { 'ui:widget': 'checkboxes' },
        'ui:order': ['name', 'displayName', 'email', 'roles', 'password', 'disabled', '*'],
      }}
    >
      {name !== 'new' && <SignInLink key={name} name={name} />}
    </DocumentPage>
  );
}

/** A link that signs the person in once; shown this once. */
function SignInLink({ name }: { readonly name: string }) {
  const { people: texts } = useTexts();
  const link = useMutation({
    mutationFn: () => ask(api.POST('/api/users/{name}/sign-in-link', { params: { path: { name } } })),
    gcTime: 0,
  });
  return (
    <Stack gap="xs" align="flex-start">
      <Button variant="default" onClick={() => link.mutate()} loading={link.isPending}>
        {texts.makeLink}
      </Button>
      {link.error !== null && <ProblemAlert error={link.error} />}
      {link.data !== undefined && (
        <Alert color="green" title={texts.linkMade} role="status">
          <Copyable text={link.data.url} />
          <Text size="sm" mt={4}>
            {texts.until} <Moment at={link.data.expiresAt} />
          </Text>
        </Alert>
      )}
    </Stack>
  );
}
