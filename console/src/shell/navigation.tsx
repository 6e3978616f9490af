import { NavLink } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import { type Me, mayUse } from '../api/me.ts';
import { areas } from '../areas.ts';
import { useTexts } from '../texts/texts-provider.tsx';
import { Icon } from './icon.tsx';

/** What the person's roles allow them to open. */
export function Navigation({ me }: { readonly me: Me }) {
  const texts = useTexts();
  const { pathname } = useLocation();
  const entries = areas.flatMap(({ navigation }) => navigation).filter(({ role }) => mayUse(me, role));
  return entries.map(({ path, label, icon }) => {
    const active = path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`);
    return (
      <NavLink
        key={path}
        component={Link}
        to={path}
        active={active}
        aria-current={active ? 'page' : undefined}
        label={label(texts)}
        leftSection={<Icon name={icon} />}
        style={{ borderRadius: 'var(--mantine-radius-md)' }}
      />
    );
  });
}
