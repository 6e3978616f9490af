import type { User } from '../../../config/model/identity.js';
import type { Credential } from '../../../config/model/principal.js';
import type { Secret } from '../../../config/model/secret.js';
import type { Application } from '../application.js';
import type { Issued, TokenEndpoint } from '../token-endpoint.js';
import type { AccessToken } from '../token-source.js';

/** What the unattended grants go by. */
export interface GrantContext extends TokenEndpoint {
  /** The person of a `user:` credential; undefined when there is no such account here. */
  readonly person: (credential: Credential) => Promise<User | undefined>;
  /** A token of another OAuth resource, refreshed when needed. */
  readonly tokenOf: (resource: string, credential: Credential) => Promise<AccessToken>;
}

/** Whose token is wanted. */
export interface GrantRequest {
  readonly credential: Credential;
  /** The token by which the caller has proved who they are, where it did so by one. */
  readonly callerToken?: Secret | undefined;
  /** The key that the token is to be bound to (RFC 9449). */
  readonly proofKey?: Secret | undefined;
}

/** A grant that needs no person: its token can be obtained at any time, and again at expiry. */
export interface UnattendedGrant {
  /** Whose token it is when `credential` asks. */
  owner(application: Application, credential: Credential): Credential;
  /** @throws TokenEndpointError; CallerError FORBIDDEN when the caller is nobody that the grant can speak for */
  issue(context: GrantContext, application: Application, request: GrantRequest): Promise<Issued>;
}

/** The caller's own token. */
export const ownToken = (_application: Application, credential: Credential): Credential => credential;
