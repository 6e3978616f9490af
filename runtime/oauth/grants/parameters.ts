import type { Secret } from '../../../config/model/secret.js';
import type { RuntimeParameters } from '../stage-parameters.js';

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

/** RFC 7523 §2.1, RFC 7522 §2.1. @param assertion absent: the one that is configured as a parameter */
export function assertionParameters(grantType: string, assertion: string | Secret | undefined): RuntimeParameters {
  return { fixed: assertion === undefined ? {} : { assertion }, fallback: { grant_type: grantType } };
}

/** RFC 8628 §3.4. */
export function deviceCodeParameters(deviceCode: string | Secret): RuntimeParameters {
  return {
    fixed: { device_code: deviceCode },
    fallback: { grant_type: 'urn:ietf:params:oauth:grant-type:device_code' },
  };
}

/** RFC 8693 §2.1. */
export function tokenExchangeParameters(subjectToken: string | Secret): RuntimeParameters {
  return {
    fixed: { subject_token: subjectToken },
    fallback: {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    },
  };
}

/** RFC 7523 §2.1 with the caller's token as the assertion. */
export function onBehalfOfParameters(callerToken: string | Secret): RuntimeParameters {
  return {
    fixed: { assertion: callerToken },
    fallback: { grant_type: jwtBearerType, requested_token_use: 'on_behalf_of' },
  };
}

export const jwtBearerType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
export const saml2BearerType = 'urn:ietf:params:oauth:grant-type:saml2-bearer';
