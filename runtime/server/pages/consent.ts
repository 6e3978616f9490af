import { CallerError, type SmartwrightError } from '../../../config/model/errors.js';
import { type Credential, hasRole, type Principal } from '../../../config/model/principal.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { sendSuccess, serviceAccount } from './consent-success.js';
import { textOf } from './sign-in.js';

/** The path that existing registrations at providers carry: K2's own. */
export const CALLBACK_PATH = '/identity/token/oauth/2';

/** A person's consent at a provider: the way there, and the way back (RFC 6749 §4.1). */
export function consentRoutes({ runtime, origins }: ServerParts): Route[] {
  const { consent, device, grant } = runtime.oauth;
  return [
    {
      verb: 'get',
      path: '/oauth/authorize/{resource}',
      access: 'session',
      async handle(request, response, { principal, session = '' }) {
        const resource = String(request.params.resource);
        const credential = credentialOf(textOf(request.query.credential), principal);
        const openerOrigin = textOf(request.query.origin);
        if (openerOrigin !== undefined && !origins.isAllowed(openerOrigin)) {
          throw new CallerError(
            'FORBIDDEN',
            `The page that asked is of ${openerOrigin.slice(0, 200)}, which is not allowed. An operator can allow it: SMARTWRIGHT_ALLOWED_ORIGINS.`,
          );
        }
        if ((await grant(resource)) === 'device_code') {
          const { id } = await device.begin({ resource, credential, session });
          return response.redirect(302, `/oauth/device/${id}`);
        }
        const begun = { resource, credential, session, ...(openerOrigin !== undefined && { openerOrigin }) };
        response.redirect(302, await consent.begin(begun));
      },
    },
    {
      verb: 'get',
      path: CALLBACK_PATH,
      access: 'optional',
      async handle(request, response, caller) {
        const query = request.originalUrl.split('?', 2)[1] ?? '';
        const { openerOrigin = origins.own, ...given } = await consent.complete(
          new URLSearchParams(query),
          caller?.session ?? '',
        );
        await sendSuccess(response, runtime.store, { ...given, openerOrigin });
      },
    },
  ];
}

/**
 * Whose token it will be: the person's own, or a service account's, which an admin connects.
 *
 * @throws CallerError FORBIDDEN, REQUEST_INVALID
 */
export function credentialOf(wanted: string | undefined, principal: Principal): Credential {
  if (wanted === undefined || wanted === principal.credential) return principal.credential;
  const account = serviceAccount(wanted);
  if (account === undefined) throw unknownCredential(wanted);
  if (hasRole(principal, 'admin')) return `service:${account}`;
  throw new CallerError('FORBIDDEN', `Only an admin can connect the service account "${account}".`);
}

const unknownCredential = (wanted: string): SmartwrightError =>
  new CallerError(
    wanted.startsWith('user:') ? 'FORBIDDEN' : 'REQUEST_INVALID',
    wanted.startsWith('user:')
      ? 'People give consent for themselves; sign in as that person.'
      : `"${wanted.slice(0, 100)}" is no credential that a person connects; "service:NAME" is.`,
  );
