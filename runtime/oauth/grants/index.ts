/** How tokens are obtained: the grants by name, and what all of them share. */
export { exchangeCode, refresh } from './attended.js';
export type { GrantContext, GrantRequest, UnattendedGrant } from './grant.js';
export { unattendedGrantOf } from './unattended-grants.js';
