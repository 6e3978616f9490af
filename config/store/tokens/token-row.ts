import type { OAuthResourceType } from '../../model/oauth-resource-type.js';
import type { Credential } from '../../model/principal.js';
import { Secret } from '../../model/secret.js';
import type { TokenError, TokenHealth } from '../../model/token-error.js';
import type { TokenRow } from '../entities/token.js';
import type { StoredToken, TokenState, TokenSummary, TokenToSave } from '../store.js';
import type { Vault, VaultRow } from '../vault.js';
import { refreshTokenEnd, tokenHealth } from './token-health.js';

/** A row that holds a token. */
export type PresentRow = Omit<TokenRow, 'state'> & {
  readonly state: TokenState;
  readonly secrets: string;
  readonly issuedAt: number;
};

export const isVacant = (state: TokenRow['state']): boolean => state === 'absent' || state === 'revoked';

export const isPresent = (row: TokenRow | null): row is PresentRow =>
  row !== null && !isVacant(row.state) && row.secrets !== null && row.issuedAt !== null;

/** What a deleted token is still needed for: to have the provider end it. */
export type RevokedRow = Omit<PresentRow, 'state'> & { readonly state: 'revoked' };

export const isRevoked = (row: TokenRow): row is RevokedRow =>
  row.state === 'revoked' && row.secrets !== null && row.issuedAt !== null;

export const tokenVaultRow = (credential: string, resource: string): VaultRow => ({
  table: 'tokens',
  row: JSON.stringify([credential, resource]),
});

const ACCESS = 'access';
const REFRESH = 'refresh';
const PROOF = 'proof';
/** Further fields of the token response are sealed under `field/{name}`. */
const FIELD = 'field/';

/** The columns that a save writes, beside the key and the generation. */
export function tokenColumns(token: TokenToSave, vault: Vault) {
  const secrets: Record<string, string> = { [ACCESS]: token.accessToken.reveal() };
  if (token.refreshToken !== undefined) secrets[REFRESH] = token.refreshToken.reveal();
  if (token.proofKey !== undefined) secrets[PROOF] = token.proofKey.reveal();
  for (const [name, value] of Object.entries(token.fields ?? {})) secrets[FIELD + name] = value.reveal();
  return {
    state: 'valid',
    tokenType: token.tokenType,
    scope: token.scope ?? null,
    expiresAt: token.expiresAt?.getTime() ?? null,
    issuedAt: token.issuedAt.getTime(),
    refreshable: token.refreshToken !== undefined,
    refreshExpiresAt: token.refreshExpiresAt?.getTime() ?? null,
    lastError: null,
    secrets: vault.seal(tokenVaultRow(token.credential, token.resource), secrets),
    touchedAt: Date.now(),
  } as const satisfies Partial<TokenRow>;
}

export function storedToken(row: PresentRow | RevokedRow, vault: Vault): StoredToken {
  const {
    [ACCESS]: access = '',
    [REFRESH]: refresh,
    [PROOF]: proof,
    ...rest
  } = vault.open(tokenVaultRow(row.credential, row.resource), row.secrets);
  const fields = Object.entries(rest).map(([name, value]) => [name.slice(FIELD.length), new Secret(value)] as const);
  return {
    credential: row.credential as Credential,
    resource: row.resource,
    generation: row.generation,
    state: row.state === 'revoked' ? 'valid' : row.state,
    accessToken: new Secret(access),
    ...(refresh === undefined ? {} : { refreshToken: new Secret(refresh) }),
    ...(proof === undefined ? {} : { proofKey: new Secret(proof) }),
    tokenType: row.tokenType,
    ...(row.scope === null ? {} : { scope: row.scope }),
    ...(row.expiresAt === null ? {} : { expiresAt: new Date(row.expiresAt) }),
    issuedAt: new Date(row.issuedAt),
    ...(fields.length === 0 ? {} : { fields: Object.fromEntries(fields) }),
    ...(row.refreshExpiresAt === null ? {} : { refreshExpiresAt: new Date(row.refreshExpiresAt) }),
    ...(row.lastError === null ? {} : { lastError: tokenError(row.lastError) }),
  };
}

export const tokenError = (json: string): TokenError => JSON.parse(json) as TokenError;

/** @param type of the token's resource; @param now milliseconds since the epoch */
export function tokenSummary(
  row: PresentRow | RevokedRow,
  type: OAuthResourceType | undefined,
  now: number,
): TokenSummary {
  const state = tokenHealth(row, type, now);
  const end = refreshTokenEnd(row, type);
  const message = messageFor(state, type);
  return {
    credential: row.credential as Credential,
    resource: row.resource,
    resourceType: type?.name ?? '',
    generation: row.generation,
    state,
    ...(row.scope === null ? {} : { scope: row.scope }),
    ...(row.expiresAt === null ? {} : { expiresAt: new Date(row.expiresAt).toISOString() }),
    issuedAt: new Date(row.issuedAt).toISOString(),
    refreshable: row.refreshable,
    ...(end === undefined ? {} : { refreshExpiresAt: new Date(end).toISOString() }),
    ...(row.lastError === null ? {} : { lastError: tokenError(row.lastError) }),
    ...(message === undefined ? {} : { message }),
  };
}

/** What the type has an admin's words for. */
function messageFor(state: TokenHealth, type: OAuthResourceType | undefined): string | undefined {
  if (state === 'expiring') return type?.expiringMessage;
  return state === 'reconnect-required' ? type?.invalidMessage : undefined;
}
