import { Stack, Text } from '@mantine/core';
import { Copyable } from '../../parts/copyable.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { DocumentList } from './document-list.tsx';

/** Where people sign in instead of by a password. */
export function Component() {
  const { people: texts } = useTexts();
  return (
    <Stack>
      <div>
        <Text size="sm" c="dimmed">
          {texts.signInAbout}
        </Text>
        <Copyable text={`${location.origin}/sign-in/openid`} />
      </div>
      <DocumentList
        kind="SignInProvider"
        path="/people/sign-in"
        icon="person"
        texts={texts.providers}
        columns={[
          [texts.displayName, ({ displayName }) => displayName ?? '–'],
          [texts.issuer, ({ issuer }) => issuer],
        ]}
      />
    </Stack>
  );
}
