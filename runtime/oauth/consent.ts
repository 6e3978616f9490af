import { createHash, randomBytes } from 'node:crypto';
import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from 'oauth4webapi';
import { ConfigurationError } from '../../config/model/errors.js';
import { Secret } from '../../config/model/secret.js';
import type { AuthorizationTransaction } from '../../config/store/store.js';
import { grantOf, loadApplication, type StoredApplication } from './application.js';
import { authorizationParameters } from './authorization-request.js';
import { readAuthorizationResponse, refused, stateOf } from './authorization-response.js';
import { type Consenting, keepConsentedToken, unchangedApplication } from './consented-token.js';
import { newProofKey, proofThumbprint } from './dpop.js';
import { requestUrl } from './endpoint.js';
import { exchangeCode } from './grants/index.js';
import { checkIdToken, verifiesIdTokens } from './id-token.js';
import { KeySets } from './key-sets.js';
import type { Consent, ConsentRequest, ConsentResult } from './oauth.js';
import { pushAuthorization } from './pushed-authorization.js';
import { openTrace } from './trace/tracer.js';

/** Milliseconds that a person has to consent. */
const lifetime = 10 * 60_000;
/** Milliseconds between two sweeps of consents that were never finished. */
const sweepEvery = 60_000;

/** What a consent in a browser takes. */
export interface BrowserConsenting extends Consenting {
  /** The redirect URI of a resource that configures none. */
  readonly callbackUrl: () => string;
}

/** What is made afresh for one consent. */
interface Made {
  readonly state: string;
  readonly codeVerifier: string | undefined;
  readonly nonce: string | undefined;
  readonly proofKey: Secret | undefined;
}

/** The authorization code flow's two steps (RFC 6749 §4.1, RFC 7636, RFC 9126, RFC 9207, RFC 9449 §10, RFC 9700 §2.1). */
export function createConsent(context: BrowserConsenting): Consent {
  const keySets = new KeySets();
  let sweptAt = 0;

  async function begin(request: ConsentRequest): Promise<string> {
    const application = await loadApplication(context.store, request.resource);
    const { resource, version } = application;
    const endpoint = authorizationEndpoint(application);
    const made = makeFor(application);
    const values = await requestValues(made);
    const { parameters, redirectUri, scope, nonce } = authorizationParameters(application, values);
    const { pushedAuthorizationEndpoint: pushedTo } = resource;
    const sent =
      pushedTo === undefined ? parameters : await pushAuthorization(context, application, pushedTo, parameters);
    const { codeVerifier, proofKey } = made;
    await keep({
      id: stateHash(made.state),
      credential: request.credential,
      resource: resource.name,
      resourceVersion: version,
      ...(resource.issuer === undefined ? {} : { issuer: resource.issuer }),
      tokenEndpoint: resource.tokenEndpoint,
      redirectUri,
      ...(codeVerifier === undefined ? {} : { codeVerifier: new Secret(codeVerifier) }),
      ...(nonce === undefined ? {} : { nonce }),
      ...(proofKey === undefined ? {} : { proofKey }),
      session: request.session,
      ...(scope === undefined ? {} : { scope }),
      ...(request.openerOrigin === undefined ? {} : { openerOrigin: request.openerOrigin }),
      expiresAt: new Date(context.now() + lifetime),
    });
    return requestUrl(endpoint, sent);
  }

  async function requestValues({ state, codeVerifier, nonce, proofKey }: Made) {
    return {
      state,
      callbackUrl: context.callbackUrl(),
      ...(codeVerifier === undefined ? {} : { codeChallenge: await calculatePKCECodeChallenge(codeVerifier) }),
      ...(nonce === undefined ? {} : { nonce }),
      ...(proofKey === undefined ? {} : { proofThumbprint: await proofThumbprint(proofKey) }),
    };
  }

  async function keep(transaction: AuthorizationTransaction): Promise<void> {
    const now = context.now();
    if (now - sweptAt > sweepEvery) {
      sweptAt = now;
      await context.store.authorizations.deleteExpired(new Date(now));
    }
    await context.store.authorizations.save(transaction);
  }

  async function complete(parameters: URLSearchParams, session: string): Promise<ConsentResult> {
    const transaction = await context.store.authorizations.take(
      stateHash(stateOf(parameters)),
      new Date(context.now()),
    );
    if (transaction === undefined) {
      throw refused('its "state" is unknown, has been used, or is older than ten minutes; start again');
    }
    openTrace()?.concerns(transaction);
    if (transaction.session !== session) {
      throw refused('it was started in another session; sign in as the person who started it, and start again');
    }
    const application = await unchangedApplication(context.store, transaction);
    const expected = { issuer: transaction.issuer, required: application.resource.responseIssuer !== 'optional' };
    const { code, fields } = readAuthorizationResponse(parameters, expected);
    const { resource, credential, redirectUri, codeVerifier, nonce, proofKey, openerOrigin } = transaction;
    const exchange = { code: new Secret(code), redirectUri, ...(codeVerifier === undefined ? {} : { codeVerifier }) };
    const issued = await exchangeCode(context, application, exchange, proofKey);
    await checkIdToken(context, keySets, application, issued, nonce);
    await keepConsentedToken(context, transaction, issued, fields);
    return { resource, credential, ...(openerOrigin === undefined ? {} : { openerOrigin }) };
  }

  return { begin, complete };
}

function makeFor(application: StoredApplication): Made {
  const { type } = application;
  return {
    // 256 bits; the store keeps only its hash, so that a read of the database does not help to finish somebody's consent.
    state: randomBytes(32).toString('base64url'),
    codeVerifier: type.pkce === 'off' ? undefined : generateRandomCodeVerifier(),
    nonce: verifiesIdTokens(application) ? randomBytes(32).toString('base64url') : undefined,
    proofKey: type.dpop === true ? newProofKey() : undefined,
  };
}

/** @throws ConfigurationError DOCUMENT_INVALID when the resource has no authorization stage */
function authorizationEndpoint({ resource, type }: StoredApplication): string {
  const because = (why: string) =>
    new ConfigurationError('DOCUMENT_INVALID', `OAuth resource "${resource.name}": ${why}.`);
  if (grantOf(type) !== 'authorization_code') {
    throw because(`its type "${type.name}" obtains tokens by ${grantOf(type)}, which needs no consent`);
  }
  if (resource.authorizationEndpoint === undefined) {
    throw because('it has no authorizationEndpoint; give it the one that the provider documents');
  }
  return resource.authorizationEndpoint;
}

/** SHA-256, base64url: under what a state is kept. */
const stateHash = (state: string): string => createHash('sha256').update(state, 'utf8').digest('base64url');
