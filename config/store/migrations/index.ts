import { Initial1764000000000 } from './initial.js';

/** All migrations, oldest first. A released one never changes. */
export const migrations = [Initial1764000000000];
