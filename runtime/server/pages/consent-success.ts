import type { ServerResponse } from 'node:http';
import type { Credential } from '../../../config/model/principal.js';
import type { Store } from '../../../config/store/store.js';
import type { ConsentResult } from '../../oauth/oauth.js';
import { html } from './html.js';
import { sendPage } from './page.js';

/** Tells the opener, if there still is one and it is of the expected origin, and lets the person close the window. */
const script = `
const { resource, origin } = document.body.querySelector('[data-resource]').dataset;
if (window.opener) window.opener.postMessage({ type: 'smartwright:authorized', resource }, origin);
document.getElementById('close').addEventListener('click', () => window.close());
`;

/** The page at the end of a consent. */
export async function sendSuccess(
  response: ServerResponse,
  store: Store,
  { resource, credential, openerOrigin }: Required<ConsentResult>,
): Promise<void> {
  const { displayName = resource } = (await store.resources.get(resource))?.document ?? {};
  sendPage(response, {
    title: 'Authorization successful',
    narrow: true,
    referrerPolicy: 'no-referrer',
    script,
    content: html`<div class="card" data-resource="${resource}" data-origin="${openerOrigin}">
<h1>Authorization successful</h1>
<p>Smartwright can now use <strong>${displayName}</strong> for ${holder(credential)}. ${outlook(credential)}</p>
<p><button id="close" type="button">Close this window</button></p>
<p><a href="/">Back to Smartwright</a></p>
</div>`,
  });
}

/** The name of the service account that a credential is. */
export const serviceAccount = (credential: string): string | undefined => /^service:(.+)$/s.exec(credential)?.[1];

/** Whose token it is now, for the person who gave the consent. */
const holder = (credential: Credential): string => {
  const account = serviceAccount(credential);
  return account === undefined ? 'you' : `the service account ${account}`;
};

const outlook = (credential: Credential): string =>
  serviceAccount(credential) === undefined
    ? 'What you were doing will work when you do it again.'
    : 'Programs that act as it can call from now on.';
