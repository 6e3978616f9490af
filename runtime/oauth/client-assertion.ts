import { createSecretKey, randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { ClientAuthentication } from '../../config/model/oauth-resource-type.js';
import { Secret } from '../../config/model/secret.js';
import type { Application } from './application.js';
import { clientValue } from './client-value.js';
import { signerOf, signJwt } from './signer.js';

/** Seconds that an assertion is valid, where none are configured. */
export const assertionLifetime = 300;

type Sign = (application: Application, claims: JWTPayload) => Promise<string>;

/** What signs the JWT by which a client authenticates, for the methods that have one. */
const signers: Readonly<Partial<Record<ClientAuthentication, Sign>>> = {
  /** OpenID Connect Core §9: HMAC with the client secret. */
  client_secret_jwt: (application, claims) => {
    const key = createSecretKey(clientValue(application, 'client_secret'), 'utf8');
    return signJwt({ key, header: { alg: 'HS256', typ: 'JWT' } }, claims);
  },
  /** RFC 7523 §2.2. */
  private_key_jwt: (application, claims) =>
    signJwt(signerOf(application.resource, clientAssertionOf(application)), claims),
};

/**
 * The JWT by which the client authenticates in one request (RFC 7523 §3): issuer and subject are the `client_id`, it is short-lived, and
 * its `jti` is used once. Undefined where the client authenticates otherwise.
 *
 * @param now milliseconds since the epoch
 * @throws ConfigurationError DOCUMENT_INVALID when the key or the secret is missing or does not fit
 */
export async function clientAssertion(application: Application, now: number): Promise<Secret | undefined> {
  const sign = signers[application.type.clientAuthentication ?? 'client_secret_post'];
  if (sign === undefined) return undefined;
  const { audience = application.resource.tokenEndpoint, lifetime } = clientAssertionOf(application);
  const clientId = clientValue(application, 'client_id');
  const claims = { iss: clientId, sub: clientId, aud: audience, jti: randomUUID(), ...validity(now, lifetime) };
  return new Secret(await sign(application, claims));
}

/** `iat`, `nbf` and `exp` of a JWT that is valid from now on (RFC 7519 §4.1). */
export function validity(now: number, lifetime: number = assertionLifetime): { iat: number; nbf: number; exp: number } {
  const seconds = Math.floor(now / 1000);
  return { iat: seconds, nbf: seconds, exp: seconds + lifetime };
}

const clientAssertionOf = ({ type, resource }: Application) => ({
  ...type.clientAssertion,
  ...resource.clientAssertion,
});
