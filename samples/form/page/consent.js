import { Problem } from 'smartwright/client';
import { smartwright } from '/config.js';
import { element } from './page-elements.js';

const banner = element('banner', HTMLElement);
const text = element('banner-text', HTMLElement);
const button = element('banner-button', HTMLButtonElement);

/**
 * Does something that may need the person first: to sign in at Smartwright, or to connect an account by giving consent. The
 * banner asks for it, and the same thing is tried again afterwards.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withConsent(work) {
  for (;;) {
    try {
      return await work();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.code === 'AUTHENTICATION_REQUIRED') await signIn();
      else if (problem.authorizationUrl !== undefined) await connect(problem.code, problem.authorizationUrl);
      else throw problem;
    }
  }
}

/** Resolves when the person comes back from the sign-in page. */
async function signIn() {
  await asked('Sign in to Smartwright to see your contacts.', 'Sign in');
  const returned = new Promise((resolve) => window.addEventListener('focus', resolve, { once: true }));
  window.open(`${smartwright}/sign-in`, 'smartwright');
  await returned;
}

/**
 * Opens the consent in a window of its own. Resolves when Smartwright's page there says that it was given.
 *
 * @param {string} code why: there has been no consent, or it works no more
 * @param {string} authorizationUrl
 */
async function connect(code, authorizationUrl) {
  const again = code === 'RECONNECT_REQUIRED';
  await asked(
    again
      ? 'The connection to your CRM account has ended.'
      : 'The contacts are in the CRM. Connect your account there to see them.',
    again ? 'Connect again' : 'Connect',
  );
  const url = new URL(authorizationUrl);
  url.searchParams.set('origin', location.origin);
  const authorized = new Promise((resolve) => {
    window.addEventListener('message', function listen({ origin, data }) {
      if (origin !== url.origin || data?.type !== 'smartwright:authorized') return;
      window.removeEventListener('message', listen);
      resolve(data.resource);
    });
  });
  const consent = window.open(url, 'smartwright-consent', 'popup,width=520,height=720');
  await authorized;
  consent?.close();
}

/**
 * Shows the banner until its button is pressed. The press matters: browsers open windows only for a person.
 *
 * @param {string} message
 * @param {string} label
 */
async function asked(message, label) {
  // An open dialog makes the rest of the page inert, so the banner goes where the person is.
  (document.querySelector('dialog[open]') ?? element('content', HTMLElement)).prepend(banner);
  text.textContent = message;
  button.textContent = label;
  banner.hidden = false;
  await new Promise((resolve) => button.addEventListener('click', resolve, { once: true }));
  banner.hidden = true;
}
