import type { Assertion, ClientAssertion, SigningKey } from './assertion.js';
import type { ParameterValue, Stage } from './oauth-resource-type.js';
import { isStoredSecret } from './stored-secret.js';

/** A parameter's value: one for every stage that its type sends it in, or one a stage. */
export type StageValues = ParameterValue | Readonly<Partial<Record<Stage, ParameterValue>>>;

/** The value of one stage; one text, a list or a stored secret is that of every stage. */
export function valueInStage(values: StageValues | undefined, stage: Stage): ParameterValue | undefined {
  if (values === undefined || typeof values === 'string' || isList(values) || isStoredSecret(values)) return values;
  return values[stage];
}

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);

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
  /** RFC 7662. */
  readonly introspectionEndpoint?: string;
  /** RFC 9126. Present: the parameters of the authorization request are pushed there, and the browser carries none. */
  readonly pushedAuthorizationEndpoint?: string;
  /** RFC 8628 §3.1. Present: a person may consent on another device. */
  readonly deviceAuthorizationEndpoint?: string;
  /** The provider's keys (RFC 7517 §5). Present: an id_token that comes with a token is verified by them. */
  readonly jwksEndpoint?: string;
  /** The issuer that an authorization response must name (RFC 9207), and an id_token. */
  readonly issuer?: string;
  /** Whether an authorization response may do without naming its issuer; a wrong one is always refused. Default `required`. */
  readonly responseIssuer?: 'required' | 'optional';
  /** The key that signs this application's assertions. */
  readonly signingKey?: SigningKey;
  readonly clientAssertion?: ClientAssertion;
  readonly assertion?: Assertion;
  /**
   * For `token_exchange` and `on_behalf_of`: another OAuth resource, whose token of the same credential is exchanged when the caller
   * brings none of their own.
   */
  readonly subjectResource?: string;
  readonly values: Readonly<Record<string, StageValues>>;
  /** What stands for `{name}` in its endpoints, issuer and values, and in the type's defaults: `{ tenant: 'contoso.com' }`. */
  readonly placeholders?: Readonly<Record<string, string>>;
  /** Private hosts that its endpoints may stand on; see `ServiceInstance.allowedHosts`. */
  readonly allowedHosts?: readonly string[];
}
