import type { Area } from '../../area.ts';

/** Reached from a SmartObject's page. */
export const forms: Area = {
  navigation: [],
  routes: [{ path: 'forms/:object', lazy: () => import('./preview.tsx') }],
};
