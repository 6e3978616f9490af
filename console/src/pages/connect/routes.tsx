import type { Area } from '../../area.ts';

export const connect: Area = {
  navigation: [{ path: '/connect', label: ({ connect }) => connect.title, icon: 'connect', role: 'admin' }],
  routes: [{ path: 'connect', lazy: () => import('./connect.tsx') }],
};
