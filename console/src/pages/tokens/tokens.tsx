import { Stack, Tabs } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { mayUse, useMe } from '../../api/me.ts';
import { Page } from '../../parts/page.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { AllTokens } from './all-tokens.tsx';
import { MyConnections } from './my-connections.tsx';
import { ServiceAccount } from './service-account.tsx';

/** Who is connected to what. */
export function Component() {
  const { tokens: texts } = useTexts();
  const isAdmin = mayUse(useMe(), 'admin');
  const [search, setSearch] = useSearchParams();
  const tab = search.get('tab') === 'mine' || !isAdmin ? 'mine' : 'all';
  return (
    <Page title={texts.title} about={texts.about}>
      {isAdmin ? (
        <Tabs value={tab} onChange={(value) => setSearch(value === 'mine' ? { tab: 'mine' } : {})} keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="all">{texts.all}</Tabs.Tab>
            <Tabs.Tab value="mine">{texts.mine}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="all">
            <Stack gap="lg">
              <AllTokens />
              <ServiceAccount />
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="mine">
            <MyConnections />
          </Tabs.Panel>
        </Tabs>
      ) : (
        <MyConnections />
      )}
    </Page>
  );
}
