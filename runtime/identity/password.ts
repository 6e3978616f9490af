import { randomBytes, timingSafeEqual } from 'node:crypto';
import { derive } from './scrypt.js';

/** scrypt's cost: N = 2^ln, block size r, parallelisation p. */
interface Cost {
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** What new hashes cost: 32 MiB and some 0.2 s. One of the equivalent settings of OWASP's Password Storage Cheat Sheet. */
const cost: Cost = { ln: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** Fewest characters of a password that a person chooses. NIST SP 800-63B-4 §3.1.1.2 asks for length and for nothing else. */
export const PASSWORD_LENGTH = 12;
/** Most characters: enough for any phrase, and little enough to hash. */
const PASSWORD_LIMIT = 1024;

interface Phc {
  readonly cost: Cost;
  readonly salt: Buffer;
  readonly key: Buffer;
}

/**
 * A salted scrypt hash as a PHC string, `$scrypt$ln=15,r=8,p=3$salt$key`. The password is normalised (NFKC), so that it matches
 * however a keyboard composes its characters.
 *
 * @throws CallerError TOO_MANY_REQUESTS when too many hashes are waited for
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return format({ cost, salt, key: await deriveKey(password, salt, KEY_BYTES, cost) });
}

/**
 * Whether the password is the one that was hashed, in constant time. A string that is no hash of ours matches nothing.
 *
 * @throws CallerError TOO_MANY_REQUESTS when too many hashes are waited for
 */
export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  const stored = parse(phc);
  if (stored === undefined || password.length > PASSWORD_LIMIT) return false;
  return timingSafeEqual(stored.key, await deriveKey(password, stored.salt, stored.key.length, stored.cost));
}

/** Takes as long as a verification and says no: for a user that is not there, so that time does not tell. */
export async function verifyNothing(password: string): Promise<false> {
  await deriveKey(password.slice(0, PASSWORD_LIMIT), Buffer.alloc(SALT_BYTES), KEY_BYTES, cost);
  return false;
}

/** Whether the hash was made at another cost than new ones are; it is replaced at the next sign-in. */
export function isOutdated(phc: string): boolean {
  const stored = parse(phc);
  if (stored === undefined) return true;
  return stored.cost.ln !== cost.ln || stored.cost.r !== cost.r || stored.cost.p !== cost.p;
}

/** What is wrong with a password that a person chose, as a sentence; undefined when it will do. */
export function passwordFault(password: string, userName: string): string | undefined {
  if ([...password].length < PASSWORD_LENGTH) return `The password needs at least ${PASSWORD_LENGTH} characters.`;
  if (password.length > PASSWORD_LIMIT) return `The password can have at most ${PASSWORD_LIMIT} characters.`;
  if (new Set(password).size < 4) return 'The password repeats the same few characters.';
  if (password.toLowerCase() === userName.toLowerCase()) return 'The password cannot be the user name.';
  return undefined;
}

function deriveKey(password: string, salt: Buffer, length: number, { ln, r, p }: Cost): Promise<Buffer> {
  // Node refuses to use more than `maxmem`; scrypt needs 128 · N · r bytes and a little.
  const maxmem = 128 * 2 ** ln * r + 128 * r * p + 2 ** 20;
  return derive(password.normalize('NFKC'), salt, length, { N: 2 ** ln, r, p, maxmem });
}

/** Base64 without padding, as the PHC string format has it. */
const encode = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

const format = ({ cost: { ln, r, p }, salt, key }: Phc): string =>
  `$scrypt$ln=${ln},r=${r},p=${p}$${encode(salt)}$${encode(key)}`;

const pattern = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,})\$([A-Za-z0-9+/]{22,})$/;

function parse(phc: string): Phc | undefined {
  const match = pattern.exec(phc);
  if (match === null) return undefined;
  const [, ln, r, p, salt = '', key = ''] = match;
  const parsed = { ln: Number(ln), r: Number(r), p: Number(p) };
  // A stored hash cannot ask for more memory than a server has: 2^20 · 128 · 8 is 1 GiB.
  if (parsed.ln < 1 || parsed.ln > 20 || parsed.r < 1 || parsed.r > 32 || parsed.p < 1) return undefined;
  return { cost: parsed, salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64') };
}
