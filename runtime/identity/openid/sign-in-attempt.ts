/** What the browser keeps while the person is at the provider. */
export interface SignInAttempt {
  /** System name of the sign-in provider. */
  readonly provider: string;
  readonly state: string;
  readonly nonce: string;
  /** RFC 7636 §4.1. */
  readonly verifier: string;
  /** Where the person wanted to go. */
  readonly next: string;
}

/** Milliseconds that a person has for signing in at the provider. */
export const ATTEMPT_LIFETIME = 10 * 60 * 1000;

/**
 * An attempt as the value of a cookie that scripts cannot read. It stands in the browser and not in the store, so that nobody can fill
 * the store by opening the page, and the answer is bound to the browser that asked (RFC 9700 §4.7). It is worth nothing to anybody
 * else: a code can be used once, with the verifier and the client's secret.
 */
export const attemptCookie = (attempt: SignInAttempt): string =>
  Buffer.from(JSON.stringify(attempt)).toString('base64url');

/** Undefined for what is none. */
export function readAttempt(cookie: string | undefined): SignInAttempt | undefined {
  if (cookie === undefined || cookie === '') return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(cookie, 'base64url').toString());
    return isAttempt(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isAttempt(value: unknown): value is SignInAttempt {
  if (typeof value !== 'object' || value === null) return false;
  const members: Partial<Record<keyof SignInAttempt, unknown>> = value;
  const texts = [members.provider, members.state, members.nonce, members.verifier, members.next];
  return texts.every((text) => typeof text === 'string' && text !== '');
}
