import { openSecrets, sealSecrets, takeRow } from './authorization-repository.js';
import type { Database } from './database/database.js';
import { type AuthorizationRow, authorizationEntity } from './entities/authorization.js';
import type { DeviceRepository, DeviceTransaction } from './store.js';
import type { Vault } from './vault.js';

/** Keeps them apart from the consents in a browser, which stand in the same table: a handle is no state, and a state no handle. */
const rowId = (id: string): string => `device:${id}`;

export function deviceRepository(database: Database, vault: Vault): DeviceRepository {
  return {
    save: (transaction) =>
      database.write(async (manager) => {
        await manager.insert(authorizationEntity, toRow(transaction, vault));
      }),
    take: async (id, now) => {
      const row = await takeRow(database, rowId(id), now);
      return row && fromRow(id, row, vault);
    },
  };
}

type StoredRequest = Omit<DeviceTransaction, 'id' | 'deviceCode' | 'proofKey' | 'expiresAt'>;

function toRow(transaction: DeviceTransaction, vault: Vault): AuthorizationRow {
  const { id, deviceCode, proofKey, expiresAt, ...request } = transaction;
  return {
    id: rowId(id),
    credential: request.credential,
    resource: request.resource,
    request: JSON.stringify(request satisfies StoredRequest),
    secrets: sealSecrets(vault, rowId(id), { deviceCode, proofKey }),
    expiresAt: expiresAt.getTime(),
  };
}

function fromRow(id: string, row: AuthorizationRow, vault: Vault): DeviceTransaction | undefined {
  const { deviceCode, ...secrets } = openSecrets(vault, row);
  if (deviceCode === undefined) return undefined;
  const request = JSON.parse(row.request) as StoredRequest;
  return { id, ...request, deviceCode, ...secrets, expiresAt: new Date(row.expiresAt) };
}
