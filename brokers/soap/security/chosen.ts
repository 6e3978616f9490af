import type { PasswordType, SecurityPlan, TokenPlacement } from '../plan.js';
import { type SigningKey, signingKeyOf } from './certificate.js';
import type { SecurityKeys } from './keys.js';

/** What goes into the security header of a call. */
export interface ChosenSecurity {
  readonly user?: { readonly name: string; readonly password: string | undefined; readonly type: PasswordType };
  readonly timestamp: boolean;
  readonly signingKey?: SigningKey;
  readonly token?: TokenPlacement;
}

const placements: Readonly<Record<NonNullable<SecurityKeys['tokenPlacement']>, TokenPlacement | undefined>> = {
  'HTTP header': undefined,
  BinarySecurityToken: 'binary',
  'SAML assertion': 'saml',
};

/**
 * What service keys and policy together ask for; keys win. Undefined: no security header.
 *
 * @throws ConfigurationError KEYS_INVALID for a certificate that is none
 */
export function chosenSecurity(keys: SecurityKeys, plan: SecurityPlan = {}): ChosenSecurity | undefined {
  const { userName: name, password, passwordType, tokenPlacement } = keys;
  const user = name === undefined ? undefined : { name, password, type: passwordType ?? plan.userName ?? 'Text' };
  const signingKey = signingKeyOf(keys);
  const token = tokenPlacement === undefined ? plan.token : placements[tokenPlacement];
  const timestamp = signingKey !== undefined || (keys.timestamp ?? plan.timestamp === true);
  if (user === undefined && token === undefined && !timestamp) return undefined;
  return {
    timestamp,
    ...(user === undefined ? {} : { user }),
    ...(signingKey === undefined ? {} : { signingKey }),
    ...(token === undefined ? {} : { token }),
  };
}

/** Keys that a policy can make needed. */
export type NeededKey = 'userName' | 'signingCertificate';

/** The service keys that a policy needs and that are not set, by their system names. */
export function missingKeys(keys: SecurityKeys, plan: SecurityPlan = {}): NeededKey[] {
  return [
    ...(plan.userName !== undefined && keys.userName === undefined ? (['userName'] as const) : []),
    ...(plan.signature === true && keys.signingCertificate === undefined ? (['signingCertificate'] as const) : []),
  ];
}
