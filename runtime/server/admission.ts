import type { IncomingMessage } from 'node:http';
import { CallerError } from '../../config/model/errors.js';
import { hasRole } from '../../config/model/principal.js';
import type { Authenticator, Caller } from '../identity/index.js';
import type { Exchange } from './exchange.js';
import { isUnsafe, type Origins } from './origins.js';
import type { Access, GuardedAccess } from './route.js';

/** The one place that decides who gets in. */
export class Admission {
  readonly #authenticator: Authenticator;
  readonly #origins: Origins;

  constructor(authenticator: Authenticator, origins: Origins) {
    this.#authenticator = authenticator;
    this.#origins = origins;
  }

  /**
   * Finds out who is calling and whether they may. No promise when the caller is remembered.
   *
   * @throws CallerError AUTHENTICATION_REQUIRED, FORBIDDEN
   */
  admit(exchange: Exchange, access: GuardedAccess): Caller | Promise<Caller>;
  admit(exchange: Exchange, access: Access): Caller | undefined | Promise<Caller | undefined>;
  admit(exchange: Exchange, access: Access): Caller | undefined | Promise<Caller | undefined> {
    if (access === 'anyone') return undefined;
    const found = this.#authenticator.identify(exchange.request.headers);
    if (found instanceof Promise) return found.then((caller) => this.#check(exchange, access, caller));
    return this.#check(exchange, access, found);
  }

  #check(exchange: Exchange, access: Exclude<Access, 'anyone'>, caller: Caller | undefined): Caller | undefined {
    if (caller === undefined) {
      if (access === 'optional') return undefined;
      throw new CallerError('AUTHENTICATION_REQUIRED', notSignedIn(exchange.request));
    }
    exchange.caller = caller;
    if (caller.session !== undefined && isUnsafe(exchange.request.method)) this.#origins.checkSession(exchange.request);
    if (access === 'optional') return caller;
    if (access === 'session') {
      if (caller.session !== undefined) return caller;
      throw new CallerError('FORBIDDEN', 'This is for people who have signed in with a browser, not for an API key.');
    }
    if (hasRole(caller.principal, access)) return caller;
    throw new CallerError('FORBIDDEN', `"${caller.principal.name}" may not do this; it takes the role "${access}".`);
  }
}

const notSignedIn = ({ headers }: IncomingMessage): string =>
  headers.cookie === undefined
    ? 'Send an API key, as "Authorization: Bearer swk_…", or sign in.'
    : 'Your session is over. Sign in again.';
