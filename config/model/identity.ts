import type { Role } from './principal.js';
import type { SecretValue } from './service-instance.js';

/** A person with a local account. */
export interface User {
  readonly kind: 'User';
  /** The user name: what the person signs in with. */
  readonly name: string;
  readonly displayName?: string;
  readonly email?: string;
  /** What other systems know the person by, such as `sid`: for assertions and extensions. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Written only: sets the password, which is kept as a hash and never given back. */
  readonly password?: SecretValue;
  readonly roles: readonly Role[];
  /** The sign-in provider that vouches for the person. Absent: none; a password or a one-time link is needed. */
  readonly signsInWith?: SignsInWith;
  /** Default false. A disabled person cannot sign in, and their keys do not work. */
  readonly disabled?: boolean;
}

export interface SignsInWith {
  /** System name of the sign-in provider. */
  readonly provider: string;
  /** Who the person is there (`sub`). Absent: whoever comes first with the user name, from then on. */
  readonly subject?: string;
}

/** Whom a program's key acts as: a person, or a service account with tokens of its own. */
export type ActsAs = { readonly user: string } | { readonly serviceAccount: string };

/** A program's key. Its secret part is shown once, when it is made, and kept only as a hash. */
export interface ApiKey {
  readonly kind: 'ApiKey';
  readonly name: string;
  readonly actsAs: ActsAs;
  readonly roles: readonly Role[];
  /** Others whose tokens a call may use instead, when it says so: a step of a workflow that overrides its account. Default: none. */
  readonly mayActAs?: readonly ActsAs[];
  /** Written only: a key of your own making, 32 characters or more. Absent: one is made and shown once. */
  readonly key?: SecretValue;
  /** RFC 3339. Absent: never. */
  readonly expiresAt?: string;
}
