import { CallerError } from '../../config/model/errors.js';
import type { UserRepository } from '../../config/store/store.js';
import { hashPassword, isOutdated, verifyNothing, verifyPassword } from './password.js';
import { SignInThrottle } from './sign-in-throttle.js';

export interface SignInAttempt {
  readonly user: string;
  readonly password: string;
  /** The address that the attempt comes from. */
  readonly address: string;
}

/** Checks user names and passwords. */
export class PasswordSignIn {
  readonly #users: UserRepository;
  readonly #throttle: SignInThrottle;

  constructor(users: UserRepository, throttle = new SignInThrottle()) {
    this.#users = users;
    this.#throttle = throttle;
  }

  /**
   * The name of the user whose password it is. An unknown user, a disabled one, one without a password and a wrong password
   * cannot be told apart, by the answer or by its time.
   *
   * @throws CallerError AUTHENTICATION_REQUIRED; TOO_MANY_REQUESTS after repeated failures
   */
  async verify({ user, password, address }: SignInAttempt): Promise<string> {
    this.#throttle.check(user, address);
    this.#throttle.failed(user, address);
    const found = await this.#users.get(user);
    const hash = found === undefined ? undefined : await this.#users.passwordHash(found.document.name);
    const matches = hash === undefined ? await verifyNothing(password) : await verifyPassword(password, hash);
    if (!matches || hash === undefined || found === undefined || found.document.disabled === true) throw refused();
    this.#throttle.succeeded(user, address);
    if (isOutdated(hash)) await this.#users.setPasswordHash(found.document.name, await hashPassword(password));
    return found.document.name;
  }
}

const refused = (): CallerError =>
  new CallerError('AUTHENTICATION_REQUIRED', 'The user name or the password is not right.');
