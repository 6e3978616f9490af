import type { Grant, OAuthResourceType } from '../../../config/model/oauth-resource-type.js';
import { grantOf } from '../application.js';
import { issuesTokens, type OAuthExtension } from '../extensions/extension.js';
import { extensionNamed } from '../extensions/extension-named.js';
import { clientCredentials } from './client-credentials.js';
import { extensionGrant } from './extension-grant.js';
import type { UnattendedGrant } from './grant.js';
import { jwtBearer } from './jwt-bearer.js';
import { saml2Bearer } from './saml2-bearer.js';
import { onBehalfOf, tokenExchange } from './token-exchange.js';

/** The grants by name; undefined where a person must consent. Another grant is another entry. */
const unattendedGrants: Readonly<Record<Grant, UnattendedGrant | undefined>> = {
  authorization_code: undefined,
  device_code: undefined,
  client_credentials: clientCredentials,
  jwt_bearer: jwtBearer,
  saml2_bearer: saml2Bearer,
  token_exchange: tokenExchange,
  on_behalf_of: onBehalfOf,
};

/**
 * How the tokens of a type are obtained without a person: by its extension, else by its grant. Undefined where a person must consent.
 *
 * @throws ConfigurationError DOCUMENT_INVALID when there is no such extension
 */
export function unattendedGrantOf(
  type: OAuthResourceType,
  extensions: ReadonlyMap<string, OAuthExtension>,
): UnattendedGrant | undefined {
  const extension = extensionNamed(type, extensions);
  if (extension !== undefined && issuesTokens(extension)) return extensionGrant(extension);
  return unattendedGrants[grantOf(type)];
}
