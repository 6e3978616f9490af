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
    take: async (id, now) => {
      const row = await takeRow(database, id, now);
      return row && fromRow(row, vault);
    },
    deleteExpired: (now) =>
      database.write(async (manager) => {
        const { affected } = await manager.delete(authorizationEntity, { expiresAt: LessThanOrEqual(now.getTime()) });
        return affected ?? 0;
      }),
  };
}

/** Removes a row and returns it, to one caller; an expired one is removed and not returned. */
export function takeRow(database: Database, id: string, now: Date): Promise<AuthorizationRow | undefined> {
  return database.write(async (manager) => {
    const row = await manager.findOneBy(authorizationEntity, { id });
    // Of two that read the row, the one whose statement deletes it has it.
    const { affected } = await manager.delete(authorizationEntity, { id });
    return row !== null && affected === 1 && row.expiresAt > now.getTime() ? row : undefined;
  });
}

/** Secrets by name, sealed for one row; null when there are none. */
export function sealSecrets(
  vault: Vault,
  id: string,
  secrets: Readonly<Record<string, Secret | undefined>>,
): string | null {
  const given = Object.entries(secrets).flatMap(([name, secret]) =>
    secret === undefined ? [] : [[name, secret.reveal()] as const],
  );
  return given.length === 0 ? null : vault.seal(authorizationVaultRow(id), Object.fromEntries(given));
}

export function openSecrets(vault: Vault, { id, secrets }: AuthorizationRow): Readonly<Record<string, Secret>> {
  if (secrets === null) return {};
  const opened = Object.entries(vault.open(authorizationVaultRow(id), secrets));
  return Object.fromEntries(opened.map(([name, value]) => [name, new Secret(value)]));
}

type StoredRequest = Omit<AuthorizationTransaction, 'id' | 'codeVerifier' | 'proofKey' | 'expiresAt'>;

function toRow(transaction: AuthorizationTransaction, vault: Vault): AuthorizationRow {
  const { id, codeVerifier, proofKey, expiresAt, ...request } = transaction;
  return {
    id,
    credential: request.credential,
    resource: request.resource,
    request: JSON.stringify(request satisfies StoredRequest),
    secrets: sealSecrets(vault, id, { codeVerifier, proofKey }),
    expiresAt: expiresAt.getTime(),
  };
}

function fromRow(row: AuthorizationRow, vault: Vault): AuthorizationTransaction {
  const request = JSON.parse(row.request) as StoredRequest;
  return { id: row.id, ...request, ...openSecrets(vault, row), expiresAt: new Date(row.expiresAt) };
}
