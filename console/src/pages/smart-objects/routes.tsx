import type { Area } from '../../area.ts';

export const smartObjects: Area = {
  navigation: [
    { path: '/smart-objects', label: ({ smartObjects }) => smartObjects.title, icon: 'object', role: 'designer' },
  ],
  routes: [
    { path: 'smart-objects', lazy: () => import('./search.tsx') },
    { path: 'smart-objects/:object', lazy: () => import('./object.tsx') },
    { path: 'smart-objects/:object/:method', lazy: () => import('./method.tsx') },
  ],
};
