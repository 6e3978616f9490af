import type { Area } from '../../area.ts';

export const people: Area = {
  navigation: [{ path: '/people', label: ({ people }) => people.title, icon: 'people', role: 'admin' }],
  routes: [
    {
      path: 'people',
      lazy: () => import('./people.tsx'),
      children: [
        { index: true, lazy: () => import('./users.tsx') },
        { path: 'keys', lazy: () => import('./keys.tsx') },
        { path: 'sign-in', lazy: () => import('./sign-in.tsx') },
        { path: 'audit', lazy: () => import('./audit.tsx') },
      ],
    },
    { path: 'people/users/:name', lazy: () => import('./user.tsx') },
    { path: 'people/keys/:name', lazy: () => import('./key.tsx') },
    { path: 'people/sign-in/:name', lazy: () => import('./sign-in-provider.tsx') },
  ],
};
