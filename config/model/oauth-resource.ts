import type { Stage } from './oauth-resource-type.js';
import type { SecretValue } from './service-instance.js';

/** A parameter's value: one for every stage that its type sends it in, or one a stage. */
export type StageValues = SecretValue | Readonly<Partial<Record<Stage, SecretValue>>>;

/** One application, registered at one provider. */
export interface OAuthResource {
  readonly kind: 'OAuthResource';
  /** System name. */
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  /** System name of its OAuth resource type. */
  readonly type: string;
  /** Absent where the grant has no authorization stage. An existing query is kept (RFC 6749 §3.1). */
  readonly authorizationEndpoint?: string;
  readonly tokenEndpoint: string;
  /** Default: the token endpoint. */
  readonly refreshEndpoint?: string;
  /** RFC 8414 or OpenID Connect Discovery document. */
  readonly metadataEndpoint?: string;
  /** RFC 7009. */
  readonly revocationEndpoint?: string;
  /** The issuer that an authorization response must name (RFC 9207). */
  readonly issuer?: string;
  readonly values: Readonly<Record<string, StageValues>>;
  /** Private hosts that its endpoints may stand on; see `ServiceInstance.allowedHosts`. */
  readonly allowedHosts?: readonly string[];
}
