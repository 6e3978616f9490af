import { randomInt } from 'node:crypto';
import type { Upstream } from '../../brokers/http/upstream.js';
import type { User } from '../../config/model/identity.js';
import type { Logger } from '../../config/model/logger.js';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { Credential } from '../../config/model/principal.js';
import type { Store } from '../../config/store/store.js';
import { grantOf, loadApplication } from './application.js';
import { CachedTokenSource } from './cached-token-source.js';
import { createConsent } from './consent.js';
import { createDeviceConsent } from './device.js';
import { disconnect } from './disconnect.js';
import { importProvider } from './discovery/import-provider.js';
import { issuesTokens, type OAuthExtension } from './extensions/extension.js';
import { extensionNamed } from './extensions/extension-named.js';
import { builtInExtensions } from './extensions/index.js';
import { unattendedGrantOf } from './grants/index.js';
import { introspect } from './introspection.js';
import { Keeper } from './keeper.js';
import type { OAuth } from './oauth.js';
import type { OAuthEvent } from './oauth-event.js';
import type { Obtaining } from './obtaining.js';
import { preview } from './preview.js';
import { jitterFor } from './refresh-time.js';
import { isSecretParameter } from './stage-parameters.js';
import { tracedConsent, tracedDeviceConsent } from './trace/traced-consent.js';
import { tracedUpstream } from './trace/traced-upstream.js';
import { Tracer } from './trace/tracer.js';

export interface OAuthDependencies {
  readonly store: Store;
  /** The URL under which people and providers reach the server, without a slash at the end. */
  readonly publicUrl: () => string;
  /** The guarded transport to a resource's endpoints; its `allowedHosts` are the resource's and the installation's. */
  readonly http: (resource: Pick<OAuthResource, 'allowedHosts'>) => Upstream;
  readonly log: Logger;
  /** Extensions by name; default: those that come with Smartwright. */
  readonly extensions?: ReadonlyMap<string, OAuthExtension>;
  /** Milliseconds since the epoch; default `Date.now`. */
  readonly now?: () => number;
  /** Called after each change of a token: for the audit and for metrics. It must not throw. */
  readonly onEvent?: (event: OAuthEvent) => void;
}

/** The path that app registrations of K2 installations carry, and so ours. */
export const callbackPath = '/identity/token/oauth/2';

/** The token flow of an installation. */
export function createOAuth(dependencies: OAuthDependencies): OAuth {
  const { store, publicUrl, log, now = Date.now, onEvent = () => {}, extensions = builtInExtensions } = dependencies;
  const callbackUrl = () => `${publicUrl()}${callbackPath}`;
  const authorizationUrl = (resource: string, credential: Credential): string => {
    const [kind, name = ''] = credential.split(/:(.*)/s);
    const whose = kind === 'service' ? `?credential=service:${encodeURIComponent(name)}` : '';
    return `${publicUrl()}/oauth/authorize/${encodeURIComponent(resource)}${whose}`;
  };
  const tracer = new Tracer({ store, log, now });
  const http = (resource: OAuthResource) =>
    tracedUpstream(dependencies.http(resource), () => secretNames(store, resource.type));
  const context: Obtaining = {
    store,
    tracer,
    http,
    log,
    now,
    extensions,
    person: (credential) => personOf(store, credential),
    tokenOf: (resource, credential) => source.get(resource, credential),
    jitter: jitterFor(randomInt(2 ** 32)),
    authorizationUrl,
    report: onEvent,
  };
  const source = new CachedTokenSource(context);
  const keeper = new Keeper({ ...context, source });
  const adopt = (stored: Parameters<CachedTokenSource['adopt']>[0]) => source.adopt(stored);

  const consenting = { store, http, log, now, extensions, adopt, report: onEvent };
  return {
    consent: tracedConsent(createConsent({ ...consenting, callbackUrl }), tracer),
    device: tracedDeviceConsent(createDeviceConsent(consenting), tracer),
    peek: (resource, credential) => source.peek(resource, credential),
    get: (resource, credential, signal, callerToken) => source.get(resource, credential, signal, callerToken),
    renew: (resource, credential, refused, signal, callerToken) =>
      source.renew(resource, credential, refused, signal, callerToken),
    forget: (resource, credential) => source.forget(resource, credential),
    refresh: (resource, credential) => source.refresh(resource, credential),
    async keep() {
      await keeper.revoke();
      await keeper.keepAlive();
    },
    revokeSoon: () => void keeper.round(),
    async close() {
      await keeper.stop();
      await source.close();
      await tracer.close();
    },
    preview: (type, resource) => {
      const extension = extensionNamed(type, extensions);
      // An extension that obtains tokens itself sends what it likes.
      return extension !== undefined && issuesTokens(extension) ? [] : preview(type, resource, callbackUrl());
    },
    authorizationUrl,
    introspect: (resource, credential) => introspect(context, resource, credential),
    importProvider: (request) => importProvider(request, dependencies.http(request)),
    consentUrl: async (resource, credential) => {
      const { type } = await loadApplication(store, resource);
      return unattendedGrantOf(type, extensions) === undefined ? authorizationUrl(resource, credential) : undefined;
    },
    grant: async (resource) => grantOf((await loadApplication(store, resource)).type),
    disconnect: (resource, credential) =>
      disconnect({ ...context, forget: () => source.forget(resource, credential) }, resource, credential),
  };
}

/** The parameters that a resource type marks as secrets. */
async function secretNames(store: Store, type: string): Promise<ReadonlySet<string>> {
  const parameters = (await store.resourceTypes.get(type))?.document.parameters ?? [];
  return new Set(parameters.filter(isSecretParameter).map(({ name }) => name));
}

async function personOf(store: Store, credential: Credential): Promise<User | undefined> {
  const [, name] = /^user:(.+)$/s.exec(credential) ?? [];
  return name === undefined ? undefined : (await store.users.get(name))?.document;
}
