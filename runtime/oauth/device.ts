import { createHash, randomBytes } from 'node:crypto';
import type { DeviceTransaction } from '../../config/store/store.js';
import { loadApplication, type StoredApplication } from './application.js';
import { refused } from './authorization-response.js';
import { type Consenting, keepConsentedToken, unchangedApplication } from './consented-token.js';
import { readDeviceAuthorization } from './device-authorization.js';
import { deviceEndpoint, deviceParameters } from './device-request.js';
import { newProofKey } from './dpop.js';
import { TokenEndpointError } from './errors.js';
import { plainText } from './form-encoding.js';
import { deviceCodeParameters } from './grants/parameters.js';
import type { DeviceConsent, DeviceConsentBegun, DeviceConsentDone, DeviceConsentPending } from './oauth.js';
import { askProvider, providerRequest } from './provider-request.js';
import { askTokenEndpoint, type Issued } from './token-endpoint.js';

/** Seconds that `slow_down` adds to the interval (RFC 8628 §3.5). */
const slowDown = 5;
/** Seconds; a provider that wants to be asked still less often is not waited for. */
const longestInterval = 300;

/** Consent on another device (RFC 8628): begin, then ask for the outcome now and then. */
export function createDeviceConsent(context: Consenting): DeviceConsent {
  async function begin(request: Parameters<DeviceConsent['begin']>[0]): Promise<DeviceConsentBegun> {
    const application = await loadApplication(context.store, request.resource);
    const { resource, type, version } = application;
    const url = deviceEndpoint(resource);
    const parameters = deviceParameters(application);
    const scope = parameters.find(({ name }) => name === 'scope')?.value;
    const asked = { endpoint: 'device authorization endpoint', request: 'device authorization request' };
    const sent = await providerRequest(application, url, parameters, context.now());
    const answer = readDeviceAuthorization(resource.name, await askProvider(context, application, sent, asked));
    // 256 bits; the store keeps only its hash.
    const id = randomBytes(32).toString('base64url');
    const transaction: DeviceTransaction = {
      id: handleHash(id),
      credential: request.credential,
      resource: resource.name,
      resourceVersion: version,
      deviceCode: answer.deviceCode,
      userCode: answer.userCode,
      verificationUri: answer.verificationUri,
      ...(answer.verificationUriComplete === undefined
        ? {}
        : { verificationUriComplete: answer.verificationUriComplete }),
      ...(type.dpop === true ? { proofKey: newProofKey() } : {}),
      session: request.session,
      ...(scope === undefined ? {} : { scope: plainText(scope) }),
      interval: answer.interval,
      askedAgainAt: context.now() + answer.interval * 1000,
      expiresAt: new Date(context.now() + answer.expiresIn * 1000),
    };
    return { id, ...(await keepWaiting(transaction)) };
  }

  async function poll(id: string, session: string): Promise<DeviceConsentPending | DeviceConsentDone> {
    const transaction = await context.store.devices.take(handleHash(id), new Date(context.now()));
    if (transaction === undefined) throw refused('this consent is unknown, over, or has run out; start again');
    const again = (changes: Partial<DeviceTransaction> = {}) => keepWaiting({ ...transaction, ...changes });
    if (transaction.session !== session) {
      await again();
      throw refused('it was started by somebody else');
    }
    if (context.now() < transaction.askedAgainAt) return await again();
    const application = await unchangedApplication(context.store, transaction);
    let issued: Issued;
    try {
      issued = await ask(application, transaction);
    } catch (error) {
      const interval = intervalAfter(error, transaction.interval);
      if (interval === undefined) throw error;
      return await again({ interval, askedAgainAt: context.now() + interval * 1000 });
    }
    await keepConsentedToken(context, transaction, issued);
    const { resource, credential } = transaction;
    return { status: 'authorized', resource, credential };
  }

  async function ask(application: StoredApplication, { deviceCode, proofKey }: DeviceTransaction): Promise<Issued> {
    const runtime = deviceCodeParameters(deviceCode);
    return await askTokenEndpoint(context, application, { stage: 'token', runtime, proofKey });
  }

  async function keepWaiting(transaction: DeviceTransaction): Promise<DeviceConsentPending> {
    await context.store.devices.save(transaction);
    const askAgainIn = Math.max(Math.ceil((transaction.askedAgainAt - context.now()) / 1000), 1);
    const { resource, credential, userCode, verificationUri, verificationUriComplete, expiresAt } = transaction;
    return {
      status: 'pending',
      resource,
      credential,
      userCode,
      verificationUri,
      ...(verificationUriComplete === undefined ? {} : { verificationUriComplete }),
      askAgainIn,
      expiresAt: expiresAt.toISOString(),
    };
  }

  return { begin, poll };
}

/**
 * Seconds until the provider is asked again, where its answer means 'not yet' (RFC 8628 §3.5): as before, 5 more when it asks for that,
 * twice as many when it did not answer. Undefined: the consent is over.
 */
function intervalAfter(error: unknown, interval: number): number | undefined {
  if (!(error instanceof TokenEndpointError)) return undefined;
  if (error.oauthError === 'authorization_pending') return interval;
  if (error.oauthError === 'slow_down') return Math.min(interval + slowDown, longestInterval);
  return error.code === 'TOKEN_UNAVAILABLE' ? Math.min(interval * 2, longestInterval) : undefined;
}

/** SHA-256, base64url: under what a handle is kept. */
const handleHash = (id: string): string => createHash('sha256').update(id, 'utf8').digest('base64url');
