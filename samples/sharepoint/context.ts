import type { UserRow } from './model.js';
import type { Site } from './site.js';

/** Who asks, and of which site. */
export interface Context {
  readonly site: Site;
  readonly user: UserRow;
}
