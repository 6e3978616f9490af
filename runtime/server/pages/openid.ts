import { createUpstream } from '../../../brokers/http/index.js';
import { readCookie, type SessionCookie, setCookie } from '../../identity/cookie.js';
import { refused } from '../../identity/openid/claimed-person.js';
import { OpenIdSignIn } from '../../identity/openid/openid-sign-in.js';
import { ATTEMPT_LIFETIME, attemptCookie, readAttempt } from '../../identity/openid/sign-in-attempt.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { safeNext } from './next.js';
import { startSession, textOf } from './sign-in.js';

/** Where sign-in providers send people back to: what is registered there as the redirect URI. */
export const OPENID_CALLBACK = '/sign-in/openid';

/** Signing in at a provider of OpenID Connect. */
export function openIdRoutes(parts: ServerParts): Route[] {
  const { runtime } = parts;
  const { settings, store, log } = runtime;
  const cookie = attemptCookieOf(parts.cookie);
  const signIn = new OpenIdSignIn({
    store,
    log,
    save: (user, actor, expectedVersion) => runtime.admin.save(user, actor, { expectedVersion }),
    http: ({ allowedHosts = [] }) => createUpstream({ allowedHosts: [...settings.allowedHosts, ...allowedHosts], log }),
    redirectUri: () => runtime.publicUrl() + OPENID_CALLBACK,
  });

  return [
    {
      verb: 'get',
      path: '/sign-in/with/{name}',
      access: 'anyone',
      async handle(request, response) {
        const next = safeNext(textOf(request.query.next));
        const { url, attempt } = await signIn.begin(String(request.params.name), next);
        response.setHeader('set-cookie', setCookie(cookie, attemptCookie(attempt), ATTEMPT_LIFETIME));
        response.redirect(303, url);
      },
    },
    {
      verb: 'get',
      path: OPENID_CALLBACK,
      access: 'anyone',
      async handle(request, response) {
        const attempt = readAttempt(readCookie(request.headers.cookie, cookie.name));
        response.setHeader('set-cookie', setCookie(cookie, '', 0));
        if (attempt === undefined)
          throw refused('it was begun in another browser, or more than 10 minutes ago; start again');
        const { searchParams } = new URL(request.originalUrl, runtime.publicUrl());
        const name = await signIn.complete(searchParams, attempt);
        await startSession(parts, response, name);
        response.appendHeader('set-cookie', setCookie(cookie, '', 0));
        response.redirect(303, safeNext(attempt.next));
      },
    },
  ];
}

const attemptCookieOf = ({ name, secure }: SessionCookie): SessionCookie => ({ name: `${name}_attempt`, secure });
