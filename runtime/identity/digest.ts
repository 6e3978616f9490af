import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, base64url: too many to guess, so a plain SHA-256 of it is enough at rest. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

/** SHA-256, base64url: how a random token (an API key, a session's cookie, a one-time link) is kept. */
export const digest = (token: string): string => createHash('sha256').update(token).digest('base64url');
