import type { RouteObject } from 'react-router';
import type { Role } from './api/me.ts';
import type { IconName } from './shell/icon.tsx';
import type { Texts } from './texts/texts.ts';

/** An entry of the navigation. */
export interface NavigationEntry {
  /** Below `/console`, such as `/service-instances`. */
  readonly path: string;
  readonly label: (texts: Texts) => string;
  readonly icon: IconName;
  /** Who sees it; the server decides who may do what. */
  readonly role: Role;
}

/** A part of the console. Its pages are lazy: `lazy: () => import('./page.tsx')`, where the page exports `Component`. */
export interface Area {
  readonly navigation: readonly NavigationEntry[];
  readonly routes: readonly RouteObject[];
}
