import type { Area } from '../../area.ts';

export const tokens: Area = {
  navigation: [{ path: '/tokens', label: ({ tokens }) => tokens.title, icon: 'token', role: 'user' }],
  routes: [
    { path: 'tokens', lazy: () => import('./tokens.tsx') },
    { path: 'tokens/:resource/:credential', lazy: () => import('./token.tsx') },
  ],
};
