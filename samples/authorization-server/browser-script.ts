import { CookieJar } from './cookie-jar.js';

export interface ConsentScript {
  readonly userName: string;
  readonly password: string;
  /** The cookies to start with, such as a session of the application that asks. Default: none. */
  readonly cookieJar?: CookieJar;
  /** Presses 'Deny' instead of 'Allow'. Default false. */
  readonly deny?: boolean;
  /** Stop when the next address starts with this, without asking for it: to take an authorization response by hand. */
  readonly stopBefore?: string;
}

/** Where the script ended. */
export interface ScriptEnd {
  readonly url: string;
  /** Absent when it stopped before asking. */
  readonly page?: { readonly status: number; readonly body: string };
}

/**
 * Does what a person does in a browser to give consent: opens the address, follows redirects, signs in at the sample authorization
 * server and allows access. It speaks to this machine only.
 *
 * @returns the last page: the application's own, or one that says what went wrong
 */
export async function passConsent(authorizationUrl: string, script: ConsentScript): Promise<ScriptEnd> {
  const cookies = script.cookieJar ?? new CookieJar();
  let signedIn = false;
  let next: { url: URL; form?: URLSearchParams } = { url: new URL(authorizationUrl) };
  for (let step = 0; step < 30; step++) {
    const { url, form } = next;
    if (script.stopBefore !== undefined && url.href.startsWith(script.stopBefore)) return { url: url.href };
    const answer = await send(url, form, cookies);
    const location = answer.headers.get('location');
    const body = await answer.text();
    if (location !== null && answer.status >= 300 && answer.status < 400) {
      next = { url: new URL(location, url) };
      continue;
    }
    const shown = formIn(body, script.deny === true);
    if (shown === undefined || (shown.step === 'login' && signedIn)) {
      return { url: url.href, page: { status: answer.status, body } };
    }
    const { userName, password } = script;
    if (shown.step === 'login') signedIn = true;
    next = {
      url: new URL(shown.action, url),
      form: new URLSearchParams(shown.step === 'login' ? { userName, password } : {}),
    };
  }
  throw new Error(`The consent at ${new URL(authorizationUrl).origin} does not come to an end.`);
}

async function send(url: URL, form: URLSearchParams | undefined, cookies: CookieJar): Promise<Response> {
  if (!/^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)) {
    throw new Error(`The script speaks to this machine only, and was led to ${url.origin}.`);
  }
  const headers = new Headers({ accept: 'text/html' });
  const cookie = cookies.header(url);
  if (cookie !== '') headers.set('cookie', cookie);
  const answer = await fetch(url, {
    method: form === undefined ? 'GET' : 'POST',
    headers,
    redirect: 'manual',
    ...(form === undefined ? {} : { body: form }),
  });
  cookies.take(url, answer.headers.getSetCookie());
  return answer;
}

/** The form to submit on one of the sample authorization server's own pages. */
function formIn(html: string, deny: boolean): { step: string; action: string } | undefined {
  const forms = [...html.matchAll(/<form method="post" action="([^"]+)" data-step="(\w+)">/g)];
  const shown = forms.map(([, action = '', step = '']) => ({ action: action.replaceAll('&amp;', '&'), step }));
  return shown.find(({ step }) => step !== (deny ? 'allow' : 'deny'));
}
