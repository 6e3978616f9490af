import { Button, Menu, Text } from '@mantine/core';
import { useRef } from 'react';
import type { Me } from '../api/me.ts';
import { useTexts } from '../texts/texts-provider.tsx';
import { Icon } from './icon.tsx';

/** Who is signed in, and the way out. */
export function AccountMenu({ me }: { readonly me: Me }) {
  const texts = useTexts();
  const form = useRef<HTMLFormElement>(null);
  return (
    <>
      <form ref={form} method="post" action="/sign-out" />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            c="var(--mantine-color-text)"
            px="xs"
            aria-label={me.displayName ?? me.name}
          >
            <Icon name="person" />
            <Text component="span" size="sm" ml={6} visibleFrom="sm" maw={160} truncate>
              {me.displayName ?? me.name}
            </Text>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {me.name} · {me.roles.map((role) => texts.roles[role]).join(', ')}
          </Menu.Label>
          <Menu.Item component="a" href="/password">
            {texts.shell.password}
          </Menu.Item>
          <Menu.Item component="a" href="/openapi.json">
            {texts.shell.apiDescription}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => form.current?.submit()}>{texts.shell.signOut}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
