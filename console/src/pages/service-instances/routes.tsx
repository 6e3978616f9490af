import type { Area } from '../../area.ts';

export const serviceInstances: Area = {
  navigation: [
    {
      path: '/service-instances',
      label: ({ serviceInstances }) => serviceInstances.title,
      icon: 'service',
      role: 'designer',
    },
  ],
  routes: [
    { path: 'service-instances', lazy: () => import('./instances.tsx') },
    { path: 'service-instances/:name', lazy: () => import('./instance.tsx') },
  ],
};
