import type { Application } from './application.js';
import { plainText } from './form-encoding.js';
import { runtimeParameter } from './provider-request.js';
import { type StageParameter, sharedValue, stageParameters, standardName } from './stage-parameters.js';

/** What the runtime makes afresh for one authorization request. */
export interface AuthorizationValues {
  readonly state: string;
  /** RFC 7636 §4.2, method S256. Absent when PKCE is off. */
  readonly codeChallenge?: string;
  /** OpenID Connect Core §3.1.2.1; sent with the scope `openid` only. */
  readonly nonce?: string;
  /** RFC 9449 §10. Absent when tokens are not bound to a key. */
  readonly proofThumbprint?: string;
  /** The redirect URI of an application that configures none. */
  readonly callbackUrl: string;
}

export interface AuthorizationParameters {
  readonly parameters: readonly StageParameter[];
  /** What an id_token must repeat; absent when none was asked for. */
  readonly nonce?: string;
  /** Sent again, identical, with the code (RFC 6749 §4.1.3). */
  readonly redirectUri: string;
  /** The scope asked for: what a token response without one means (RFC 6749 §5.1). */
  readonly scope?: string;
}

/** The parameters of an authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3). */
export function authorizationParameters(
  application: Application,
  { state, codeChallenge, nonce, proofThumbprint, callbackUrl }: AuthorizationValues,
): AuthorizationParameters {
  const clientId = sharedValue(application, 'client_id');
  const parameters = stageParameters(application, 'authorization', {
    fixed: {
      state,
      ...(codeChallenge === undefined ? {} : { code_challenge: codeChallenge, code_challenge_method: 'S256' }),
      ...(proofThumbprint === undefined ? {} : { dpop_jkt: proofThumbprint }),
    },
    fallback: {
      response_type: 'code',
      // The client identifier is not a secret (RFC 6749 §2.2), even where a type keeps it encrypted.
      ...(clientId === undefined ? {} : { client_id: plainText(clientId) }),
      redirect_uri: callbackUrl,
    },
  });
  const scope = sentValue(parameters, 'scope');
  const wantsIdToken = scope?.split(/[\s,]+/).includes('openid') === true;
  const sentNonce = wantsIdToken ? nonce : undefined;
  return {
    parameters: sentNonce === undefined ? parameters : withNonce(parameters, sentNonce),
    ...(sentNonce === undefined ? {} : { nonce: sentNonce }),
    redirectUri: sentValue(parameters, 'redirect_uri') ?? callbackUrl,
    ...(scope === undefined ? {} : { scope }),
  };
}

const withNonce = (parameters: readonly StageParameter[], nonce: string): readonly StageParameter[] => [
  ...parameters.filter(({ name }) => name !== 'nonce'),
  runtimeParameter('nonce', nonce),
];

/** The value of a parameter, whatever it is called on the wire; a list that is sent item by item, with spaces. */
function sentValue(parameters: readonly StageParameter[], standard: string): string | undefined {
  const values = parameters.filter((parameter) => standardName(parameter) === standard);
  return values.length === 0 ? undefined : values.map(({ value }) => plainText(value)).join(' ');
}
