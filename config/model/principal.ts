import type { Secret } from './secret.js';

/** What a person or program may do. `admin` includes `designer`, which includes `user`. */
export const roles = ['admin', 'designer', 'user'] as const;
export type Role = (typeof roles)[number];

/**
 * Whose tokens a call uses: `user:{name}` for a person, `service:{name}` for a service account, `application` for what a
 * resource obtains for itself (client credentials).
 */
export type Credential = `user:${string}` | `service:${string}` | 'application';

/** Who is calling. */
export interface Principal {
  /** The user name, or the API key's name when it acts as a service account. */
  readonly name: string;
  readonly credential: Credential;
  readonly roles: readonly Role[];
  /**
   * How the caller proved who it is: `token` is a bearer JWT of a trusted issuer; `local` is the operator at the command line or a
   * program that embeds the runtime.
   */
  readonly via: 'session' | 'api-key' | 'token' | 'local';
  /** The token by which it did so: what impersonation exchanges or passes on. */
  readonly token?: Secret;
}

const includes: Record<Role, readonly Role[]> = {
  admin: ['admin', 'designer', 'user'],
  designer: ['designer', 'user'],
  user: ['user'],
};

/** Whether the principal holds the role, directly or by one that includes it. */
export function hasRole(principal: Principal, role: Role): boolean {
  return principal.roles.some((held) => includes[held].includes(role));
}
