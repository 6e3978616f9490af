import { ConfigurationError } from '../../config/model/errors.js';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { Application } from './application.js';
import { type StageParameter, stageParameters } from './stage-parameters.js';

/** Parameters of an authorization request that mean something to a browser only. */
const browserOnly = new Set(['response_type', 'redirect_uri', 'response_mode', 'prompt']);

/** RFC 8628 §3.1: client and scope, and what else the authorization stage has. */
export const deviceParameters = (application: Application): readonly StageParameter[] =>
  stageParameters(application, 'authorization', { fixed: {}, fallback: {} }).filter(
    ({ name }) => !browserOnly.has(name),
  );

/** @throws ConfigurationError DOCUMENT_INVALID when the resource has none */
export function deviceEndpoint({ name, deviceAuthorizationEndpoint }: OAuthResource): string {
  if (deviceAuthorizationEndpoint !== undefined) return deviceAuthorizationEndpoint;
  throw new ConfigurationError(
    'DOCUMENT_INVALID',
    `OAuth resource "${name}": it has no deviceAuthorizationEndpoint; give it the one that the provider documents.`,
  );
}
