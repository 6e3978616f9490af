import { Tabs } from '@mantine/core';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { Page } from '../../parts/page.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';

const tabs = ['users', 'keys', 'sign-in', 'audit'] as const;
const addressOf = (tab: string): string => (tab === 'users' ? '/people' : `/people/${tab}`);

/** People, programs, and who did what. */
export function Component() {
  const { people: texts } = useTexts();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const current = tabs.find((tab) => addressOf(tab) === pathname) ?? 'users';
  return (
    <Page title={texts.title} about={texts.about}>
      <Tabs value={current} onChange={(tab) => navigate(addressOf(tab ?? 'users'))} keepMounted={false}>
        <Tabs.List>
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {texts.tabs[tab]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={current} pt="md">
          <Outlet />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
