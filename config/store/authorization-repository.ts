import { LessThanOrEqual } from 'typeorm';
import { Secret } from '../model/secret.js';
import type { Database } from './database/database.js';
import { type AuthorizationRow, authorizationEntity } from './entities/authorization.js';
import type { AuthorizationRepository, AuthorizationTransaction } from './store.js';
import type { Vault, VaultRow } from './vault.js';

export const authorizationVaultRow = (id: string): VaultRow => ({ table: 'authorizations', row: id });

export function authorizationRepository(database: Database, vault: Vault): AuthorizationRepository {
  return {
    save: (transaction) =>
      database.write(async (manager) => {
        await manager.insert(authorizationEntity, toRow(transaction, vault));
      }),
    take: (id, now) =>
      database.write(async (manager) => {
        const row = await manager.findOneBy(authorizationEntity, { id });
        // Of two that read the row, the one whose statement deletes it has it.
        const { affected } = await manager.delete(authorizationEntity, { id });
        return row !== null && affected === 1 && row.expiresAt > now.getTime() ? fromRow(row, vault) : undefined;
      }),
    deleteExpired: (now) =>
      database.write(async (manager) => {
        const { affected } = await manager.delete(authorizationEntity, { expiresAt: LessThanOrEqual(now.getTime()) });
        return affected ?? 0;
      }),
  };
}

type StoredRequest = Omit<AuthorizationTransaction, 'id' | 'codeVerifier' | 'expiresAt'>;

function toRow(transaction: AuthorizationTransaction, vault: Vault): AuthorizationRow {
  const { id, codeVerifier, expiresAt, ...request } = transaction;
  return {
    id,
    credential: request.credential,
    resource: request.resource,
    request: JSON.stringify(request satisfies StoredRequest),
    secrets:
      codeVerifier === undefined
        ? null
        : vault.seal(authorizationVaultRow(id), { codeVerifier: codeVerifier.reveal() }),
    expiresAt: expiresAt.getTime(),
  };
}

function fromRow(row: AuthorizationRow, vault: Vault): AuthorizationTransaction {
  const request = JSON.parse(row.request) as StoredRequest;
  const codeVerifier =
    row.secrets === null ? undefined : vault.open(authorizationVaultRow(row.id), row.secrets).codeVerifier;
  return {
    id: row.id,
    ...request,
    ...(codeVerifier === undefined ? {} : { codeVerifier: new Secret(codeVerifier) }),
    expiresAt: new Date(row.expiresAt),
  };
}
