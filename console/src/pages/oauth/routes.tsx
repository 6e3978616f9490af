import type { Area } from '../../area.ts';

export const oauth: Area = {
  navigation: [{ path: '/oauth', label: ({ oauth }) => oauth.title, icon: 'key', role: 'admin' }],
  routes: [
    { path: 'oauth', lazy: () => import('./overview.tsx') },
    { path: 'oauth/presets', lazy: () => import('./presets.tsx') },
    { path: 'oauth/import', lazy: () => import('./import-provider.tsx') },
    { path: 'oauth/resources/new', lazy: () => import('./new-resource.tsx') },
    { path: 'oauth/resources/:name', lazy: () => import('./resource.tsx') },
    { path: 'oauth/types/new', lazy: () => import('./new-type.tsx') },
    { path: 'oauth/types/:name', lazy: () => import('./type.tsx') },
  ],
};
