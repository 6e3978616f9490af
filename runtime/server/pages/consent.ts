import { CallerError, type SmartwrightError } from '../../../config/model/errors.js';
import { type Credential, hasRole, type Principal } from '../../../config/model/principal.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { html } from './html.js';
import { sendPage } from './page.js';
import { textOf } from './sign-in.js';

/** The path that existing registrations at providers carry: K2's own. */
export const CALLBACK_PATH = '/identity/token/oauth/2';

/** Tells the opener, if there still is one and it is of the expected origin, and lets the person close the window. */
const script = `
const { resource, origin } = document.body.querySelector('[data-resource]').dataset;
if (window.opener) window.opener.postMessage({ type: 'smartwright:authorized', resource }, origin);
document.getElementById('close').addEventListener('click', () => window.close());
`;

/** A person's consent at a provider: the way there, and the way back (RFC 6749 §4.1). */
export function consentRoutes({ runtime, origins }: ServerParts): Route[] {
  const { consent } = runtime.oauth;
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
        const given = await consent.complete(new URLSearchParams(query), caller?.session ?? '');
        const { resource, credential, openerOrigin } = given;
        const { displayName = resource } = (await runtime.store.resources.get(resource))?.document ?? {};
        sendPage(response, {
          title: 'Authorization successful',
          narrow: true,
          referrerPolicy: 'no-referrer',
          script,
          content: html`<div class="card" data-resource="${resource}" data-origin="${openerOrigin ?? origins.own}">
<h1>Authorization successful</h1>
<p>Smartwright can now use <strong>${displayName}</strong> for ${holder(credential)}. ${outlook(credential)}</p>
<p><button id="close" type="button">Close this window</button></p>
<p><a href="/">Back to Smartwright</a></p>
</div>`,
        });
      },
    },
  ];
}

const serviceAccount = (credential: string): string | undefined => /^service:(.+)$/s.exec(credential)?.[1];

/** Whose token it is now, for the person who gave the consent. */
const holder = (credential: Credential): string => {
  const account = serviceAccount(credential);
  return account === undefined ? 'you' : `the service account ${account}`;
};

const outlook = (credential: Credential): string =>
  serviceAccount(credential) === undefined
    ? 'What you were doing will work when you do it again.'
    : 'Programs that act as it can call from now on.';

/**
 * Whose token it will be: the person's own, or a service account's, which an admin connects.
 *
 * @throws CallerError FORBIDDEN, REQUEST_INVALID
 */
function credentialOf(wanted: string | undefined, principal: Principal): Credential {
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
