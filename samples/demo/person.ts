import type { Fetch } from '../../runtime/client/index.js';
import {
  alice,
  CookieJar,
  type Person as ProviderPerson,
  passConsent,
  type ScriptEnd,
} from '../authorization-server/index.js';

/** Somebody at a browser: signed in at Smartwright, and able to give consent at the authorization server. */
export class Person {
  readonly #smartwright: string;
  readonly #cookies = new CookieJar();

  private constructor(smartwright: string) {
    this.#smartwright = smartwright;
  }

  /** Fills in the sign-in page. */
  static async signIn(smartwright: string, user: string, password: string): Promise<Person> {
    const person = new Person(smartwright);
    const url = new URL('/sign-in', smartwright);
    const body = new URLSearchParams({ user, password });
    const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
    if (answer.status !== 303) throw new Error(`${user} cannot sign in at ${url}: status ${answer.status}.`);
    person.#cookies.take(url, answer.headers.getSetCookie());
    return person;
  }

  /** `fetch` as the person's browser does it on a page of Smartwright's: with the session's cookie. */
  readonly fetch: Fetch = (url, init) =>
    fetch(url, {
      ...init,
      headers: { ...init.headers, cookie: this.#cookies.header(new URL(url)), origin: this.#smartwright },
    });

  /**
   * Opens the consent's address, signs in at the authorization server, and allows access.
   *
   * @param account whose account at the provider it is; default Alice's
   * @throws Error when it does not end at Smartwright's page 'Authorization successful'
   */
  async consent(authorizationUrl: string, account: ProviderPerson = alice): Promise<ScriptEnd> {
    const { userName, password } = account;
    const end = await passConsent(authorizationUrl, { userName, password, cookieJar: this.#cookies });
    if (end.page?.status === 200 && end.page.body.includes('Authorization successful')) return end;
    throw new Error(`The consent ended at ${new URL(end.url).origin} with status ${end.page?.status}.`);
  }
}
