import { CallerError } from '../../../config/model/errors.js';
import { takeOneTimeToken } from '../../identity/one-time-link.js';
import { readForm } from '../body.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { html } from './html.js';
import { sendPage } from './page.js';
import { FORM_LIMIT, startSession, textOf } from './sign-in.js';

/**
 * One-time sign-in links. Opening the link only shows a button: mail programs and chat previews open links too, and must not use
 * it up. The button does.
 */
export function oneTimeRoutes(parts: ServerParts): Route[] {
  const { users, sessions } = parts.runtime.store;
  return [
    {
      verb: 'get',
      path: '/sign-in/once',
      access: 'anyone',
      handle(request, response) {
        sendPage(response, {
          title: 'Sign in',
          narrow: true,
          content: html`<div class="card">
<h1>Sign in with a one-time link</h1>
<p>The link works once. After that you choose a password to sign in with from then on.</p>
<form method="post" action="/sign-in/once">
<input type="hidden" name="token" value="${textOf(request.query.token)}">
<button autofocus>Sign in</button>
</form>
</div>`,
        });
      },
    },
    {
      verb: 'post',
      path: '/sign-in/once',
      access: 'anyone',
      async handle(request, response) {
        parts.origins.checkForm(request);
        const token = (await readForm(request, FORM_LIMIT)).get('token') ?? '';
        const name = await takeOneTimeToken(sessions, token, new Date());
        const user = name === undefined ? undefined : await users.get(name);
        if (user === undefined || user.document.disabled === true) {
          throw new CallerError(
            'AUTHORIZATION_REFUSED',
            'This sign-in link has been used already, or is more than 15 minutes old. Ask for a new one; for the first sign-in, start the server again.',
          );
        }
        await startSession(parts, response, user.document.name);
        response.redirect(303, '/password');
      },
    },
  ];
}
