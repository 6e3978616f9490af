import { Secret } from '../../config/model/secret.js';
import type { StoredToken } from '../../config/store/store.js';
import { TokenEndpointError } from './errors.js';
import { cleanProviderText } from './provider-text.js';
import type { AccessToken } from './token-source.js';

/** How a token of each known type is sent, by its type in lower case (RFC 6749 §7.1). Bearer: RFC 6750 §2.1. */
const schemes: ReadonlyMap<string, (token: string) => string> = new Map([
  ['bearer', (token: string) => `Bearer ${token}`],
  // RFC 9449 §7.1; each request carries a proof beside it.
  ['dpop', (token: string) => `DPoP ${token}`],
]);

/** @throws TokenEndpointError TOKEN_REFUSED when the token's type is not known: such a token must not be used (RFC 6749 §7.1) */
export function toAccessToken(stored: StoredToken): AccessToken {
  const scheme = schemes.get(stored.tokenType.toLowerCase());
  if (scheme === undefined) {
    throw new TokenEndpointError(
      'TOKEN_REFUSED',
      `OAuth resource "${stored.resource}": the provider issued a token of type "${cleanProviderText(stored.tokenType, [], 40)}", ` +
        'which cannot be used; if it is sent as a bearer token, give the resource type the token replacement value token_type=Bearer.',
      { resource: stored.resource },
    );
  }
  const value = stored.accessToken;
  const { proofKey, generation, fields } = stored;
  const isBound = stored.tokenType.toLowerCase() === 'dpop';
  if (isBound !== (proofKey !== undefined)) throw wronglyBound(stored);
  const header = new Secret(scheme(value.reveal()));
  return {
    value,
    header,
    generation,
    ...(proofKey === undefined ? {} : { proofKey }),
    ...(fields === undefined ? {} : { fields }),
  };
}

/** RFC 9449 §5: a token that should be bound to a key and is not, or the other way round, is not used. */
function wronglyBound({ resource, proofKey }: StoredToken): TokenEndpointError {
  const what =
    proofKey === undefined
      ? 'the provider issued a token that is bound to a key (DPoP), which was not asked for; set dpop: true in the resource type'
      : 'the provider issued a token that is not bound to the key of the request (DPoP); set dpop: false if it cannot do so';
  return new TokenEndpointError('TOKEN_REFUSED', `OAuth resource "${resource}": ${what}.`, { resource });
}
