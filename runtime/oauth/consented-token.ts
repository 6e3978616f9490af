import { RuntimeError } from '../../config/model/errors.js';
import type { Credential } from '../../config/model/principal.js';
import { Secret } from '../../config/model/secret.js';
import type { Store, StoredToken } from '../../config/store/store.js';
import { loadApplication, type StoredApplication } from './application.js';
import { refused } from './authorization-response.js';
import type { OAuthEvent } from './oauth-event.js';
import { persist } from './persist.js';
import type { Issued, TokenEndpoint } from './token-endpoint.js';
import { tokenRecord } from './token-record.js';

/** What a consent takes. */
export interface Consenting extends TokenEndpoint {
  readonly store: Store;
  /** Puts a new token to use at once. */
  readonly adopt: (stored: StoredToken) => unknown;
  readonly report: (event: OAuthEvent) => void;
}

/** A consent that was begun. */
interface Begun {
  readonly credential: Credential;
  readonly resource: string;
  readonly resourceVersion: number;
  /** Where the code goes; a device's goes to the one of the version. */
  readonly tokenEndpoint?: string;
  readonly scope?: string;
}

/**
 * The application as it was when the consent began. A code goes to the token endpoint that was configured then and to no other
 * (RFC 9700 §4.4).
 *
 * @throws CallerError AUTHORIZATION_REFUSED
 */
export async function unchangedApplication(store: Store, begun: Begun): Promise<StoredApplication> {
  const application = await loadApplication(store, begun.resource);
  const { tokenEndpoint } = application.resource;
  const isSame = application.version === begun.resourceVersion;
  if (isSame && (begun.tokenEndpoint ?? tokenEndpoint) === tokenEndpoint) return application;
  throw refused(`OAuth resource "${begun.resource}" was changed after you started; start again`);
}

/** Saves the token that a consent has brought, and puts it to use. */
export async function keepConsentedToken(
  context: Consenting,
  { credential, resource, scope }: Begun,
  issued: Issued,
  fields: Readonly<Record<string, string>> = {},
): Promise<void> {
  const record = tokenRecord(credential, resource, issued, {
    ...(scope === undefined ? {} : { scope }),
    fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, new Secret(value)])),
  });
  const stored = await persist(context, record, 'any');
  if (stored === undefined) throw new RuntimeError('INTERNAL', 'The store did not take a token of a new consent.');
  context.report({ type: 'token-connected', resource, credential });
  context.adopt(stored);
}
