import type { Area } from '../../area.ts';

/** The guided path. What it has reached is a stored service instance, so that each step has an address and can be resumed. */
export const connect: Area = {
  navigation: [{ path: '/connect', label: ({ connect }) => connect.title, icon: 'connect', role: 'admin' }],
  routes: [
    { path: 'connect', lazy: () => import('./choose-kind.tsx') },
    { path: 'connect/new/:type', lazy: () => import('./describe.tsx') },
    { path: 'connect/:name/:step', lazy: () => import('./stored-step.tsx') },
  ],
};
