import type { Secret } from '../../../config/model/secret.js';
import type { Application } from '../application.js';
import { askTokenEndpoint, type Issued, type TokenEndpoint } from '../token-endpoint.js';
import { type CodeExchange, codeParameters, refreshParameters } from './parameters.js';

/** Exchanges an authorization code (RFC 6749 §4.1.3). @throws TokenEndpointError */
export function exchangeCode(
  endpoint: TokenEndpoint,
  application: Application,
  code: CodeExchange,
  proofKey: Secret | undefined,
): Promise<Issued> {
  return askTokenEndpoint(endpoint, application, { stage: 'token', runtime: codeParameters(code), proofKey });
}

/** Refreshes (RFC 6749 §6). @throws TokenEndpointError */
export function refresh(
  endpoint: TokenEndpoint,
  application: Application,
  refreshToken: Secret,
  proofKey: Secret | undefined,
): Promise<Issued> {
  return askTokenEndpoint(endpoint, application, {
    stage: 'refresh',
    runtime: refreshParameters(refreshToken),
    proofKey,
  });
}
