import type { Response } from 'express';
import { isSmartwrightError } from '../../../config/model/errors.js';
import type { SignInProvider } from '../../../config/model/sign-in-provider.js';
import type { AuditRepository } from '../../../config/store/store.js';
import { setCookie } from '../../identity/cookie.js';
import { openSession, SESSION_LIFETIME } from '../../identity/sessions.js';
import { PasswordSignIn } from '../../identity/sign-in.js';
import { readForm } from '../body.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { html } from './html.js';
import { afterForm, safeNext } from './next.js';
import { sendPage } from './page.js';

/** Bytes of a form. */
export const FORM_LIMIT = 16 * 1024;

/** Signs people in by user name and password, and out. */
export function signInRoutes(parts: ServerParts): Route[] {
  const { runtime, origins, authenticator, cookie } = parts;
  const { store } = runtime;
  const signIn = new PasswordSignIn(store.users);
  const providers = async () => (await store.signInProviders.list()).map(({ document }) => document);

  return [
    {
      verb: 'get',
      path: '/sign-in',
      access: 'anyone',
      async handle(request, response) {
        sendForm(response, { next: safeNext(textOf(request.query.next)), providers: await providers() });
      },
    },
    {
      verb: 'post',
      path: '/sign-in',
      access: 'anyone',
      async handle(request, response) {
        origins.checkForm(request);
        const form = await readForm(request, FORM_LIMIT);
        const [user, password] = [form.get('user') ?? '', form.get('password') ?? ''];
        const next = safeNext(form.get('next'));
        try {
          const name = await signIn.verify({ user, password, address: request.socket.remoteAddress ?? '' });
          await startSession(parts, response, name);
          response.redirect(303, afterForm(next));
        } catch (error) {
          if (!isSmartwrightError(error) || error.status >= 500) throw error;
          if (error.code === 'AUTHENTICATION_REQUIRED') await noteRefusal(store.audit, user);
          if (typeof error.extensions.retryAfter === 'number') {
            response.setHeader('retry-after', String(error.extensions.retryAfter));
          }
          const status = error.status;
          sendForm(response, { next, user, message: error.message, status, providers: await providers() });
        }
      },
    },
    {
      verb: 'get',
      path: '/sign-in/continue',
      access: 'session',
      handle(request, response) {
        const next = safeNext(textOf(request.query.next));
        response.setHeader('refresh', `0; url=${next}`);
        sendPage(response, {
          title: 'Signed in',
          narrow: true,
          content: html`<div class="card"><h1>Signed in</h1><p><a class="button" href="${next}">Continue</a></p></div>`,
        });
      },
    },
    {
      verb: 'post',
      path: '/sign-out',
      access: 'session',
      async handle(_request, response, { session = '' }) {
        await store.sessions.delete(session);
        authenticator.forget();
        response.setHeader('set-cookie', setCookie(cookie, '', 0));
        response.redirect(303, '/sign-in');
      },
    },
  ];
}

/** Gives the browser a session of its own, in place of one that it may have. */
export async function startSession(
  { runtime, authenticator, cookie }: Pick<ServerParts, 'runtime' | 'authenticator' | 'cookie'>,
  response: Response,
  user: string,
): Promise<void> {
  const session = await openSession(runtime.store.sessions, user, new Date());
  authenticator.forget();
  response.setHeader('set-cookie', setCookie(cookie, session.cookie, SESSION_LIFETIME));
  const at = new Date().toISOString();
  await runtime.store.audit.append({ at, actor: user, action: 'user.signed-in', subject: user, outcome: 'done' });
}

/** A guess that gets here has cost the server a hash, and those are made a few at a time: nobody floods the audit. */
const noteRefusal = (audit: AuditRepository, user: string): Promise<void> =>
  audit.append({
    at: new Date().toISOString(),
    actor: user.slice(0, 100),
    action: 'user.signed-in',
    subject: user.slice(0, 100),
    outcome: 'refused',
  });

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const otherWay = ({ name, displayName = name }: SignInProvider, next: string) =>
  html`<p><a class="button quiet" href="/sign-in/with/${encodeURIComponent(name)}?${new URLSearchParams({ next }).toString()}">Sign in with ${displayName}</a></p>`;

interface SignInForm {
  readonly next: string;
  readonly user?: string;
  readonly message?: string;
  readonly status?: number;
  /** Where people may sign in instead. */
  readonly providers: readonly SignInProvider[];
}

function sendForm(response: Response, { next, user, message, status = 200, providers }: SignInForm): void {
  sendPage(response, {
    status,
    title: 'Sign in',
    narrow: true,
    content: html`<div class="card">
<h1>Sign in</h1>
${message !== undefined && html`<p role="alert" id="message">${message}</p>`}
<form method="post" action="/sign-in">
<input type="hidden" name="next" value="${next}">
<label for="user">User name</label>
<input id="user" name="user" value="${user}" autocomplete="username" autocapitalize="none" spellcheck="false" required${user === undefined && html` autofocus`}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${user !== undefined && html` autofocus`}${message !== undefined && html` aria-describedby="message"`}>
<button>Sign in</button>
</form>
${providers.map((provider) => otherWay(provider, next))}
</div>`,
  });
}
