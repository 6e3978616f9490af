import type { ApiKey, User } from './identity.js';
import type { OAuthResource } from './oauth-resource.js';
import type { OAuthResourceType } from './oauth-resource-type.js';
import type { ServiceInstance } from './service-instance.js';
import type { SignInProvider } from './sign-in-provider.js';
import type { TrustedIssuer } from './trusted-issuer.js';

/** What admins write: by the API, the CLI or as YAML, one document each. */
export type AdminDocument =
  | OAuthResourceType
  | OAuthResource
  | ServiceInstance
  | User
  | ApiKey
  | TrustedIssuer
  | SignInProvider;
export type DocumentKind = AdminDocument['kind'];

/** All kinds, in the order in which they can be applied: nothing refers to a later one. */
export const documentKinds = [
  'OAuthResourceType',
  'OAuthResource',
  'ServiceInstance',
  'User',
  'ApiKey',
  'TrustedIssuer',
  'SignInProvider',
] as const satisfies readonly DocumentKind[];
