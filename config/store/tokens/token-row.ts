import type { Credential } from '../../model/principal.js';
import { Secret } from '../../model/secret.js';
import type { TokenRow } from '../entities/token.js';
import type { StoredToken, TokenState, TokenSummary, TokenToSave } from '../store.js';
import type { Vault, VaultRow } from '../vault.js';

/** A row that holds a token. */
export type PresentRow = TokenRow & { readonly state: TokenState; readonly secrets: string; readonly issuedAt: number };

export const isPresent = (row: TokenRow | null): row is PresentRow =>
  row !== null && row.state !== 'absent' && row.secrets !== null && row.issuedAt !== null;

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
    lastError: null,
    secrets: vault.seal(tokenVaultRow(token.credential, token.resource), secrets),
    touchedAt: Date.now(),
  } as const satisfies Partial<TokenRow>;
}

export function storedToken(row: PresentRow, vault: Vault): StoredToken {
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
    state: row.state,
    accessToken: new Secret(access),
    ...(refresh === undefined ? {} : { refreshToken: new Secret(refresh) }),
    ...(proof === undefined ? {} : { proofKey: new Secret(proof) }),
    tokenType: row.tokenType,
    ...(row.scope === null ? {} : { scope: row.scope }),
    ...(row.expiresAt === null ? {} : { expiresAt: new Date(row.expiresAt) }),
    issuedAt: new Date(row.issuedAt),
    ...(fields.length === 0 ? {} : { fields: Object.fromEntries(fields) }),
    ...(row.lastError === null ? {} : { lastError: row.lastError }),
  };
}

export function tokenSummary(row: PresentRow, resourceType: string): TokenSummary {
  return {
    credential: row.credential as Credential,
    resource: row.resource,
    resourceType,
    generation: row.generation,
    state: row.state,
    ...(row.scope === null ? {} : { scope: row.scope }),
    ...(row.expiresAt === null ? {} : { expiresAt: new Date(row.expiresAt).toISOString() }),
    issuedAt: new Date(row.issuedAt).toISOString(),
    refreshable: row.refreshable,
    ...(row.lastError === null ? {} : { lastError: row.lastError }),
  };
}
