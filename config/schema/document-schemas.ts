import type { DocumentKind } from '../model/admin-document.js';
import type { JsonSchemaObject } from '../model/json-schema.js';
import { apiKeySchema, userSchema } from './identity.js';
import { oauthResourceSchema } from './oauth-resource.js';
import { oauthResourceTypeSchema } from './oauth-resource-type.js';
import { serviceInstanceSchema } from './service-instance.js';
import { signInProviderSchema } from './sign-in-provider.js';
import { trustedIssuerSchema } from './trusted-issuer.js';

/** The JSON Schema of each kind of admin document. The API, the CLI, YAML files and forms all go by it. */
export const documentSchemas: Readonly<Record<DocumentKind, JsonSchemaObject>> = {
  OAuthResourceType: oauthResourceTypeSchema,
  OAuthResource: oauthResourceSchema,
  ServiceInstance: serviceInstanceSchema,
  User: userSchema,
  ApiKey: apiKeySchema,
  TrustedIssuer: trustedIssuerSchema,
  SignInProvider: signInProviderSchema,
};
