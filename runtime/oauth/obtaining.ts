import type { Credential } from '../../config/model/principal.js';
import type { Secret } from '../../config/model/secret.js';
import type { Store } from '../../config/store/store.js';
import type { StoredApplication } from './application.js';
import type { GrantContext, UnattendedGrant } from './grants/index.js';
import type { OAuthEvent } from './oauth-event.js';
import type { AccessToken } from './token-source.js';
import type { Tracer } from './trace/tracer.js';

/** What obtaining a token takes. */
export interface Obtaining extends GrantContext {
  readonly store: Store;
  /** −1 … 1 for each token; see `refreshTime`. */
  readonly jitter: (key: string) => number;
  readonly authorizationUrl: (resource: string, credential: Credential) => string;
  readonly report: (event: OAuthEvent) => void;
  readonly tracer: Tracer;
}

/** A token that is wanted. */
export interface Demand {
  readonly resource: string;
  readonly credential: Credential;
  /** The generation that is to be renewed although it is not due. */
  readonly early?: number | undefined;
  /** The token that a service has just refused. */
  readonly refused?: AccessToken | undefined;
  /** The token by which the caller has proved who they are, where it did so by one. */
  readonly callerToken?: Secret | undefined;
}

/** A demand with what answering it goes by. */
export interface Attempt extends Demand {
  readonly application: StoredApplication;
  /** Defined where the grant needs no person. */
  readonly unattended: UnattendedGrant | undefined;
  readonly key: string;
}
