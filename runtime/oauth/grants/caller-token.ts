import { CallerError } from '../../../config/model/errors.js';
import type { Secret } from '../../../config/model/secret.js';
import type { Application } from '../application.js';
import { whose } from '../errors.js';
import type { GrantContext, GrantRequest } from './grant.js';

/**
 * The token that is exchanged: the caller's own, else that of the same credential for the subject resource.
 *
 * @throws CallerError FORBIDDEN when there is neither; AUTHORIZATION_REQUIRED when the subject resource needs a consent
 */
export async function subjectToken(
  context: GrantContext,
  { resource }: Application,
  { credential, callerToken }: GrantRequest,
): Promise<Secret> {
  if (callerToken !== undefined) return callerToken;
  if (resource.subjectResource !== undefined)
    return (await context.tokenOf(resource.subjectResource, credential)).value;
  throw new CallerError(
    'FORBIDDEN',
    `OAuth resource "${resource.name}": ${whose(credential)} brings no token of their own to exchange. ` +
      'Call with a bearer token of a trusted issuer, or name a subjectResource.',
  );
}
