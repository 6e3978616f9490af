import { askTokenEndpoint } from '../token-endpoint.js';
import type { UnattendedGrant } from './grant.js';
import { clientCredentialsParameters } from './parameters.js';

/** One token for the application, whoever calls (RFC 6749 §4.4). */
export const clientCredentials: UnattendedGrant = {
  owner: () => 'application',
  issue: (context, application, { proofKey }) =>
    askTokenEndpoint(context, application, { stage: 'token', runtime: clientCredentialsParameters, proofKey }),
};
