import { createHash, randomBytes } from 'node:crypto';
import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from 'oauth4webapi';
import { ConfigurationError, RuntimeError } from '../../config/model/errors.js';
import { Secret } from '../../config/model/secret.js';
import type { AuthorizationTransaction, Store, StoredToken } from '../../config/store/store.js';
import { grantOf, loadApplication, type StoredApplication } from './application.js';
import { authorizationParameters } from './authorization-request.js';
import { readAuthorizationResponse, refused, stateOf } from './authorization-response.js';
import { requestUrl } from './endpoint.js';
import { exchangeCode } from './grants.js';
import type { Consent, ConsentRequest, ConsentResult } from './oauth.js';
import type { OAuthEvent } from './oauth-event.js';
import { persist } from './persist.js';
import type { TokenEndpoint } from './token-endpoint.js';
import { tokenRecord } from './token-record.js';

/** Milliseconds that a person has to consent. */
const lifetime = 10 * 60_000;
/** Milliseconds between two sweeps of consents that were never finished. */
const sweepEvery = 60_000;

/** What a consent takes. */
export interface Consenting extends TokenEndpoint {
  readonly store: Store;
  /** The redirect URI of a resource that configures none. */
  readonly callbackUrl: () => string;
  /** Puts a new token to use at once. */
  readonly adopt: (stored: StoredToken) => unknown;
  readonly report: (event: OAuthEvent) => void;
}

/** The authorization code flow's two steps (RFC 6749 §4.1, RFC 7636, RFC 9207, RFC 9700 §2.1). */
export function createConsent(context: Consenting): Consent {
  let sweptAt = 0;

  async function begin(request: ConsentRequest): Promise<string> {
    const application = await loadApplication(context.store, request.resource);
    const { resource, type, version } = application;
    const endpoint = authorizationEndpoint(application);
    const now = context.now();
    // 256 bits; the store keeps only its hash, so that a read of the database does not help to finish somebody's consent.
    const state = randomBytes(32).toString('base64url');
    const verifier = type.pkce === 'off' ? undefined : generateRandomCodeVerifier();
    const { parameters, redirectUri, scope } = authorizationParameters(application, {
      state,
      callbackUrl: context.callbackUrl(),
      ...(verifier === undefined ? {} : { codeChallenge: await calculatePKCECodeChallenge(verifier) }),
    });
    if (now - sweptAt > sweepEvery) {
      sweptAt = now;
      await context.store.authorizations.deleteExpired(new Date(now));
    }
    await context.store.authorizations.save({
      id: stateHash(state),
      credential: request.credential,
      resource: resource.name,
      resourceVersion: version,
      ...(resource.issuer === undefined ? {} : { issuer: resource.issuer }),
      tokenEndpoint: resource.tokenEndpoint,
      redirectUri,
      ...(verifier === undefined ? {} : { codeVerifier: new Secret(verifier) }),
      session: request.session,
      ...(scope === undefined ? {} : { scope }),
      ...(request.openerOrigin === undefined ? {} : { openerOrigin: request.openerOrigin }),
      expiresAt: new Date(now + lifetime),
    });
    return requestUrl(endpoint, parameters);
  }

  async function complete(parameters: URLSearchParams, session: string): Promise<ConsentResult> {
    const transaction = await context.store.authorizations.take(
      stateHash(stateOf(parameters)),
      new Date(context.now()),
    );
    if (transaction === undefined) {
      throw refused('its "state" is unknown, has been used, or is older than ten minutes; start again');
    }
    if (transaction.session !== session) {
      throw refused('it was started in another session; sign in as the person who started it, and start again');
    }
    const { code, fields } = readAuthorizationResponse(parameters, transaction.issuer);
    const application = await unchangedApplication(context.store, transaction);
    const stored = await obtain(application, transaction, code, fields);
    const { resource, credential, openerOrigin } = transaction;
    context.report({ type: 'token-obtained', resource, credential });
    context.adopt(stored);
    return { resource, credential, ...(openerOrigin === undefined ? {} : { openerOrigin }) };
  }

  async function obtain(
    application: StoredApplication,
    { credential, resource, redirectUri, codeVerifier, scope }: AuthorizationTransaction,
    code: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<StoredToken> {
    const issued = await exchangeCode(context, application, {
      code: new Secret(code),
      redirectUri,
      ...(codeVerifier === undefined ? {} : { codeVerifier }),
    });
    const record = tokenRecord(credential, resource, issued, {
      ...(scope === undefined ? {} : { scope }),
      fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, new Secret(value)])),
    });
    const stored = await persist(context, record, 'any');
    if (stored === undefined) throw new RuntimeError('INTERNAL', 'The store did not take a token of a new consent.');
    return stored;
  }

  return { begin, complete };
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

/**
 * The application as it was when the consent began. A code goes to the token endpoint that was configured then and to no other
 * (RFC 9700 §4.4).
 */
async function unchangedApplication(store: Store, transaction: AuthorizationTransaction): Promise<StoredApplication> {
  const application = await loadApplication(store, transaction.resource);
  const { resource, version } = application;
  if (version !== transaction.resourceVersion || resource.tokenEndpoint !== transaction.tokenEndpoint) {
    throw refused(`OAuth resource "${resource.name}" was changed after you started; start again`);
  }
  return application;
}

/** SHA-256, base64url: under what a state is kept. */
const stateHash = (state: string): string => createHash('sha256').update(state, 'utf8').digest('base64url');
