import type { Area } from '../../area.ts';

export const home: Area = {
  navigation: [{ path: '/', label: ({ home }) => home.title, icon: 'home', role: 'user' }],
  routes: [{ index: true, lazy: () => import('./home.tsx') }],
};
