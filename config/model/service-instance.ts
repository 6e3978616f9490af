import type { Overlay } from './overlay.js';
import type { StoredSecret } from './stored-secret.js';

/** Where a static secret goes in a request. */
export type StaticScheme =
  | { readonly scheme: 'basic'; readonly userName: string; readonly password: SecretValue }
  | { readonly scheme: 'bearer'; readonly token: SecretValue }
  | { readonly scheme: 'header' | 'query' | 'cookie'; readonly name: string; readonly value: SecretValue };

/** A secret in an admin document: the value itself on its way in, a `StoredSecret` marker on its way out. */
export type SecretValue = string | StoredSecret;

/**
 * How an instance authenticates, for discovery and for execution. K2's authentication modes. `enforceImpersonation` refuses a call
 * whose person is not known: one that acts as a service account. Default false.
 */
export type Authentication =
  | { readonly mode: 'none' }
  | ({ readonly mode: 'static' } & StaticScheme)
  /** Each person's own token of the OAuth resource. */
  | { readonly mode: 'oauth'; readonly resource: string; readonly enforceImpersonation?: boolean }
  /** The token of a service account, whoever calls. */
  | { readonly mode: 'service-account'; readonly resource: string; readonly account?: string }
  /**
   * The caller's own identity: their token is exchanged at the OAuth resource (grant `token_exchange` or `on_behalf_of`), or passed on
   * as it is when no resource is named.
   */
  | { readonly mode: 'impersonate'; readonly resource?: string; readonly enforceImpersonation?: boolean };

/** One configured connection to a service. */
export interface ServiceInstance {
  readonly kind: 'ServiceInstance';
  /** System name. */
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  /** The service type: a broker's `type`, such as `rest`. */
  readonly type: string;
  readonly authentication: Authentication;
  /** Service keys by system name; the broker's `keys` schema says which. */
  readonly keys: Readonly<Record<string, unknown>>;
  /**
   * Private hosts that this instance may reach: `host`, `host:port`, `*.suffix` or a CIDR block. Public hosts need no entry.
   * Default: none.
   */
  readonly allowedHosts?: readonly string[];
  /** Changes to what discovery finds. */
  readonly overlay?: Overlay;
}
