export { ACT_AS, actingAs } from './acting-as.js';
export { apiKeyHash, newApiKey } from './api-key.js';
export { Authenticator } from './authenticator.js';
export type { Caller } from './caller.js';
export { ensureFirstSignIn } from './first-sign-in.js';
export { makeOneTimeLink, type OneTimeLink } from './one-time-link.js';
export { hashPassword, PASSWORD_LENGTH, passwordFault, verifyPassword } from './password.js';
export { TokenIssuers } from './token-issuers.js';
