import { type ScryptOptions, scrypt } from 'node:crypto';
import { CallerError } from '../../config/model/errors.js';

/** Derivations at once. Each takes a thread of libuv's four and 32 MiB. */
const AT_ONCE = 2;
/** Derivations that may wait for a turn; a turn is some tenths of a second. */
const WAITING = 64;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * scrypt (RFC 7914) off the main thread, a few at a time, so that a storm of sign-ins takes neither all threads nor all memory.
 *
 * @throws CallerError TOO_MANY_REQUESTS when too many wait already
 */
export async function derive(password: string, salt: Buffer, length: number, options: ScryptOptions): Promise<Buffer> {
  await turn();
  try {
    return await new Promise((resolve, reject) => {
      scrypt(password, salt, length, options, (error, key) => (error === null ? resolve(key) : reject(error)));
    });
  } finally {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}

async function turn(): Promise<void> {
  if (running < AT_ONCE) {
    running++;
    return;
  }
  if (waiting.length >= WAITING) {
    throw new CallerError(
      'TOO_MANY_REQUESTS',
      'Too many people are signing in at the moment. Try again in a few seconds.',
      {
        extensions: { retryAfter: 5 },
      },
    );
  }
  await new Promise<void>((resolve) => waiting.push(resolve));
}
