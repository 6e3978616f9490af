/** The token engine: stages, grants, consent and the token source. */
export { callbackPath, createOAuth, type OAuthDependencies } from './create-oauth.js';
export { TokenEndpointError } from './errors.js';
export type { Consent, ConsentRequest, ConsentResult, OAuth, StagePreview } from './oauth.js';
export type { OAuthEvent } from './oauth-event.js';
export type { AccessToken, TokenSource } from './token-source.js';
