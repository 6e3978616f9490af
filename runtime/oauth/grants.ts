import type { Grant } from '../../config/model/oauth-resource-type.js';
import type { Credential } from '../../config/model/principal.js';
import type { Secret } from '../../config/model/secret.js';
import type { Application } from './application.js';
import {
  type CodeExchange,
  clientCredentialsParameters,
  codeParameters,
  refreshParameters,
} from './grant-parameters.js';
import { askTokenEndpoint, type Issued, type TokenEndpoint } from './token-endpoint.js';
import { buildTokenRequest } from './token-request.js';

/** A grant that needs no person: its token can be obtained at any time, and again at expiry. */
export interface UnattendedGrant {
  /** Whose token it is when `credential` asks. */
  owner(credential: Credential): Credential;
  /** @throws TokenEndpointError */
  issue(endpoint: TokenEndpoint, application: Application, credential: Credential): Promise<Issued>;
}

/** The unattended grants by name. Another grant is another entry. */
export const unattendedGrants: Readonly<Partial<Record<Grant, UnattendedGrant>>> = {
  /** One token for the application, whoever calls (RFC 6749 §4.4). */
  client_credentials: {
    owner: () => 'application',
    issue: (endpoint, application) =>
      askTokenEndpoint(endpoint, application, buildTokenRequest(application, 'token', clientCredentialsParameters)),
  },
};

/** Exchanges an authorization code (RFC 6749 §4.1.3). @throws TokenEndpointError */
export function exchangeCode(endpoint: TokenEndpoint, application: Application, code: CodeExchange): Promise<Issued> {
  return askTokenEndpoint(endpoint, application, buildTokenRequest(application, 'token', codeParameters(code)));
}

/** Refreshes (RFC 6749 §6). @throws TokenEndpointError */
export function refresh(endpoint: TokenEndpoint, application: Application, refreshToken: Secret): Promise<Issued> {
  return askTokenEndpoint(
    endpoint,
    application,
    buildTokenRequest(application, 'refresh', refreshParameters(refreshToken)),
  );
}
