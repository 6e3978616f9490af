import { isSmartwrightError } from '../../config/model/errors.js';
import type { Application } from './application.js';
import { refused } from './authorization-response.js';
import { clientValue } from './client-value.js';
import { acceptedAlgorithms, type KeySets } from './key-sets.js';
import { cleanProviderText } from './provider-text.js';
import type { Issued, TokenEndpoint } from './token-endpoint.js';

/** Seconds that the clocks of a provider and of this server may be apart. */
const clockTolerance = 600;

/** Whether the id_tokens of an application are verified: its provider's issuer and keys are known. */
export const verifiesIdTokens = ({ resource }: Application): boolean =>
  resource.jwksEndpoint !== undefined && resource.issuer !== undefined;

/**
 * Checks the id_token that came with a token, if there is one and the provider's keys are known (OpenID Connect Core §3.1.3.7): signed
 * by one of them, of the issuer, for this client, with the nonce of the consent. A token that comes with a wrong one was meant for
 * somebody else.
 *
 * @throws CallerError AUTHORIZATION_REFUSED
 */
export async function checkIdToken(
  { http, now }: TokenEndpoint,
  keySets: KeySets,
  application: Application,
  { token }: Issued,
  nonce: string | undefined,
): Promise<void> {
  const { name, jwksEndpoint, issuer } = application.resource;
  const idToken = token.fields.id_token?.reveal();
  if (idToken === undefined || jwksEndpoint === undefined || issuer === undefined) return;
  const { jwtVerify } = await import('jose');
  const keys = await keySets.get(`resource ${name}`, jwksEndpoint, http(application.resource));
  try {
    const { payload } = await jwtVerify(idToken, keys, {
      issuer,
      audience: clientValue(application, 'client_id'),
      algorithms: [...acceptedAlgorithms],
      clockTolerance,
      currentDate: new Date(now()),
      requiredClaims: ['sub', 'exp', 'iat'],
    });
    if (payload.nonce !== nonce) throw new Error('its "nonce" is not that of this consent');
  } catch (error) {
    if (isSmartwrightError(error)) throw error;
    const why = cleanProviderText(error instanceof Error ? error.message : String(error), [idToken], 200);
    throw refused(`the id_token of OAuth resource "${name}" is not valid: ${why}`);
  }
}
