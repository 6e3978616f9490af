import type { Area } from './area.ts';
import { connect } from './pages/connect/routes.tsx';
import { forms } from './pages/forms/routes.tsx';
import { home } from './pages/home/routes.tsx';
import { oauth } from './pages/oauth/routes.tsx';
import { people } from './pages/people/routes.tsx';
import { serviceInstances } from './pages/service-instances/routes.tsx';
import { smartObjects } from './pages/smart-objects/routes.tsx';
import { tokens } from './pages/tokens/routes.tsx';

/** Every area, in the order of the navigation. */
export const areas: readonly Area[] = [home, connect, serviceInstances, smartObjects, forms, oauth, tokens, people];
