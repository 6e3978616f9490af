import type { Principal } from '../config/model/principal.js';

/** The operator at the command line, or the program that embeds the runtime: whoever may read the data folder may do all. */
export const localPrincipal: Principal = Object.freeze({
  name: 'local',
  credential: 'user:local',
  roles: ['admin'],
  via: 'local',
} as const);
