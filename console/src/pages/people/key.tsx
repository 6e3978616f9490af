import { Alert, Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { Copyable } from '../../parts/copyable.tsx';
import { Page } from '../../parts/page.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { DocumentPage } from './document-page.tsx';

/** A program's key. A new one is shown once, when it is made. */
export function Component() {
  const { people: texts } = useTexts();
  const [made, setMade] = useState<string>();
  if (made !== undefined) {
    return (
      <Page title={texts.keyMade}>
        <Alert color="green" title={texts.keyOnce} role="status">
          <Copyable text={made} />
        </Alert>
        <Stack align="flex-start">
          <Button component={Link} to="/people/keys" variant="default">
            {texts.keyKept}
          </Button>
        </Stack>
      </Page>
    );
  }
  return (
    <DocumentPage
      kind="ApiKey"
      list="/people/keys"
      path="/people/keys"
      fresh={{ kind: 'ApiKey', name: '', actsAs: { serviceAccount: '' }, roles: ['user'] }}
      texts={texts.keys}
      hidden={['key']}
      uiSchema={{ roles: { 'ui:widget': 'checkboxes' } }}
      onCreated={({ key }) => setMade(key)}
    />
  );
}
