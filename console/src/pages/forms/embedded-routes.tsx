import type { RouteObject } from 'react-router';
import { RouteFailure } from '../../shell/route-failure.tsx';

/** The pages that are shown in frames of other pages; the server decides of which. */
export const embeddedRoutes: RouteObject[] = [
  {
    path: 'forms/:object/:method',
    lazy: () => import('./embedded.tsx'),
    ErrorBoundary: RouteFailure,
    HydrateFallback: () => null,
  },
];
