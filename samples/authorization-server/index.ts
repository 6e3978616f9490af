/** A real authorization server to try things with, and a script that gives consent at it. */
export { type ConsentScript, passConsent, type ScriptEnd } from './browser-script.js';
export { CookieJar } from './cookie-jar.js';
export type { AuthorizationServerOptions, SampleClient } from './options.js';
export { alice, type Person } from './people.js';
export { type AuthorizationServer, startAuthorizationServer } from './server.js';
