import { AppShell, Burger, Group, Loader, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { Link, Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';
import { meQuery } from '../api/me.ts';
import { isSignedOut } from '../api/problem.ts';
import { Loading } from '../parts/loading.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { useTexts } from '../texts/texts-provider.tsx';
import { AccountMenu } from './account-menu.tsx';
import { ColorSchemeMenu } from './color-scheme-menu.tsx';
import icon from './icon.svg';
import { LanguageMenu } from './language-menu.tsx';
import { Navigation } from './navigation.tsx';
import { SessionOver } from './session-over.tsx';

/** The frame of every page: name, navigation, who is signed in, and what holds for all pages. */
export function Shell() {
  const texts = useTexts();
  const me = useQuery(meQuery);
  const [opened, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the menu.
  useEffect(close, [pathname]);

  return (
    <>
      <a className="skip-link" href="#main">
        {texts.shell.skip}
      </a>
      <AppShell
        header={{ height: 56 }}
        navbar={{ width: 236, breakpoint: 'md', collapsed: { mobile: !opened } }}
        padding={{ base: 'md', md: 'xl' }}
      >
        <AppShell.Header px="md" bg="var(--console-surface)">
          <Group h="100%" justify="space-between" wrap="nowrap" gap="xs">
            <Group gap="xs" wrap="nowrap">
              <Burger
                opened={opened}
                onClick={toggle}
                hiddenFrom="md"
                size="sm"
                aria-label={texts.shell.menu}
                aria-expanded={opened}
              />
              <Link to="/" className="quiet-link" aria-label="Smartwright">
                <Group gap="xs" wrap="nowrap">
                  <img src={icon} alt="" width={28} height={28} />
                  <Text component="span" fw={700} visibleFrom="xs">
                    Smartwright
                  </Text>
                </Group>
              </Link>
              <Busy />
            </Group>
            <Group gap={4} wrap="nowrap">
              <LanguageMenu />
              <ColorSchemeMenu />
              {me.data !== undefined && <AccountMenu me={me.data} />}
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="sm" bg="var(--console-surface)" aria-label={texts.shell.navigation}>
          {me.data !== undefined && <Navigation me={me.data} />}
        </AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1}>
          <div className="page">
            <SessionOver />
            {me.data !== undefined ? (
              <Suspense fallback={<Loading />}>
                <Outlet />
              </Suspense>
            ) : me.error !== null && !isSignedOut(me.error) ? (
              <ProblemAlert error={me.error} retry={() => me.refetch()} />
            ) : (
              <Loading />
            )}
          </div>
        </AppShell.Main>
      </AppShell>
      <ScrollRestoration />
    </>
  );
}

/** Shown while the code of another page is on its way. */
function Busy() {
  const texts = useTexts();
  const { state } = useNavigation();
  return state === 'idle' ? null : <Loader size="xs" aria-label={texts.shell.loading} />;
}
