import type { Secret } from '../../config/model/secret.js';
import type { RuntimeParameters } from './stage-parameters.js';

/** What a code exchange sends beside what is configured (RFC 6749 §4.1.3, RFC 7636 §4.5). */
export interface CodeExchange {
  readonly code: string | Secret;
  /** The one that the authorization request carried, to the letter. */
  readonly redirectUri: string;
  /** Absent when PKCE is off. */
  readonly codeVerifier?: string | Secret;
}

export function codeParameters({ code, redirectUri, codeVerifier }: CodeExchange): RuntimeParameters {
  return {
    fixed: { code, redirect_uri: redirectUri, ...(codeVerifier === undefined ? {} : { code_verifier: codeVerifier }) },
    fallback: { grant_type: 'authorization_code' },
  };
}

/** RFC 6749 §4.4.2. */
export const clientCredentialsParameters: RuntimeParameters = {
  fixed: {},
  fallback: { grant_type: 'client_credentials' },
};

/** RFC 6749 §6. The scope is what the type and resource configure for the refresh stage; absent, it stays as granted. */
export function refreshParameters(refreshToken: string | Secret): RuntimeParameters {
  return { fixed: { refresh_token: refreshToken }, fallback: { grant_type: 'refresh_token' } };
}
