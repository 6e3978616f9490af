import type { OAuthResource } from './oauth-resource.js';
import type { OAuthResourceType } from './oauth-resource-type.js';
import type { Authentication, ServiceInstance } from './service-instance.js';

/**
 * How an instance could authenticate, by what the service's own description says. What only an admin knows stands as
 * `${env:NAME}`, which `smartwright apply` fills in from the environment.
 */
export interface ConnectionProposal {
  /** To look through and apply, in this order: OAuth resource types, OAuth resources, the service instance. */
  readonly documents: readonly (OAuthResourceType | OAuthResource | ServiceInstance)[];
  /** Every way that the description offers, the one that the instance has first. */
  readonly ways: readonly AuthenticationWay[];
  /** What has to be filled in. */
  readonly variables: readonly ProposalVariable[];
  /** What an admin should know, in sentences. */
  readonly notes: readonly string[];
}

export interface AuthenticationWay {
  /** The name of the security scheme in the service's description. */
  readonly scheme: string;
  readonly description?: string;
  readonly authentication: Authentication;
}

export interface ProposalVariable {
  /** Such as `CRM_CLIENT_SECRET`. */
  readonly name: string;
  readonly description: string;
  /** Whether its value is a secret. */
  readonly secret: boolean;
}
