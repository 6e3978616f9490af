import type { Response } from 'express';
import { CallerError, isSmartwrightError } from '../../../config/model/errors.js';
import { hashPassword, PASSWORD_LENGTH, passwordFault, verifyPassword } from '../../identity/password.js';
import { SignInThrottle } from '../../identity/sign-in-throttle.js';
import { readForm } from '../body.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { html } from './html.js';
import { sendPage } from './page.js';
import { FORM_LIMIT, startSession } from './sign-in.js';

/** Where a person chooses a password: the first one after a one-time link, or another one. */
export function passwordRoutes(parts: ServerParts): Route[] {
  const { users, sessions, audit } = parts.runtime.store;
  const throttle = new SignInThrottle();

  async function change(user: string, form: URLSearchParams, address: string): Promise<void> {
    const hash = await users.passwordHash(user);
    if (hash !== undefined) {
      throttle.check(user, address);
      throttle.failed(user, address);
      if (!(await verifyPassword(form.get('current') ?? '', hash))) throw fault('The current password is not right.');
      throttle.succeeded(user, address);
    }
    const password = form.get('password') ?? '';
    const message = passwordFault(password, user);
    if (message !== undefined) throw fault(message);
    if (password !== form.get('again')) throw fault('The two passwords are not the same.');
    await users.setPasswordHash(user, await hashPassword(password));
    await audit.append({
      at: new Date().toISOString(),
      actor: user,
      action: 'user.password-changed',
      subject: user,
      outcome: 'done',
    });
  }

  return [
    {
      verb: 'get',
      path: '/password',
      access: 'session',
      async handle(_request, response, { principal }) {
        sendForm(response, { first: (await users.passwordHash(principal.name)) === undefined, user: principal.name });
      },
    },
    {
      verb: 'post',
      path: '/password',
      access: 'session',
      async handle(request, response, { principal: { name } }) {
        const form = await readForm(request, FORM_LIMIT);
        try {
          await change(name, form, request.socket.remoteAddress ?? '');
        } catch (error) {
          if (!isSmartwrightError(error) || error.status >= 500) throw error;
          const first = (await users.passwordHash(name)) === undefined;
          sendForm(response, { first, user: name, message: error.message, status: error.status });
          return;
        }
        // Whoever may have had a session until now loses it; this browser gets another one.
        await sessions.deleteOfUser(name);
        await startSession(parts, response, name);
        response.redirect(303, '/');
      },
    },
  ];
}

const fault = (message: string): CallerError => new CallerError('INPUT_INVALID', message);

interface PasswordForm {
  /** There is no password yet. */
  readonly first: boolean;
  readonly user: string;
  readonly message?: string;
  readonly status?: number;
}

function sendForm(response: Response, { first, user, message, status = 200 }: PasswordForm): void {
  const title = first ? 'Choose a password' : 'Change your password';
  sendPage(response, {
    status,
    title,
    narrow: true,
    content: html`<div class="card">
<h1>${title}</h1>
${message !== undefined && html`<p role="alert">${message}</p>`}
<form method="post" action="/password">
<p>You are <strong>${user}</strong>.</p>
<input type="hidden" name="user" value="${user}" autocomplete="username">
${
  !first &&
  html`<label for="current">Current password</label>
<input id="current" name="current" type="password" autocomplete="current-password" required>`
}
<label for="password">New password</label>
<input id="password" name="password" type="password" autocomplete="new-password" minlength="${PASSWORD_LENGTH}" aria-describedby="rule" required>
<p class="muted" id="rule">${PASSWORD_LENGTH} characters or more; a phrase of some words is best.</p>
<label for="again">New password again</label>
<input id="again" name="again" type="password" autocomplete="new-password" required>
<button>Save</button>
${first && html` <a href="/">Later</a>`}
</form>
</div>`,
  });
}
