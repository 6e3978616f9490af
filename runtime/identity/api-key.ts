import { digest, randomToken } from './digest.js';

/** Makes a key recognisable in a log or a repository, to people and to secret scanners. */
const PREFIX = 'swk_';

/** A new API key: `swk_` and 256 random bits, with the hash under which it is stored. */
export function newApiKey(): { key: string; hash: string } {
  const key = PREFIX + randomToken();
  return { key, hash: apiKeyHash(key) };
}

/** SHA-256 of the whole key, base64url: see `ApiKeyRepository.setHash`. */
export const apiKeyHash = (key: string): string => digest(key);
