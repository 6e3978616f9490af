import { auditRepository } from './audit-repository.js';
import { authorizationRepository } from './authorization-repository.js';
import { callRepository } from './call-repository.js';
import { readRevision } from './database/change.js';
import { joined } from './database/database.js';
import { descriptionRepository } from './descriptions/description-repository.js';
import { deviceRepository } from './device-repository.js';
import {
  type DocumentPlace,
  instanceRepository,
  resourceRepository,
  resourceTypeRepository,
  signInProviderRepository,
  trustedIssuerRepository,
} from './documents/repositories.js';
import { apiKeyRepository, userRepository } from './documents/verifiers.js';
import { notificationRepository } from './notification-repository.js';
import { sessionRepository } from './session-repository.js';
import { smartObjectRepository } from './smart-objects/smart-object-repository.js';
import type { Store } from './store.js';
import { tokenTraceRepository } from './token-trace-repository.js';
import { tokenRepository } from './tokens/token-repository.js';

/** The repositories over one database; within a transaction, over that. */
export function databaseStore(place: DocumentPlace): Store {
  const { database, vault } = place;
  return {
    resourceTypes: resourceTypeRepository(place),
    resources: resourceRepository(place),
    instances: instanceRepository(place),
    users: userRepository(place),
    apiKeys: apiKeyRepository(place),
    trustedIssuers: trustedIssuerRepository(place),
    signInProviders: signInProviderRepository(place),
    sessions: sessionRepository(database),
    descriptions: descriptionRepository(database),
    smartObjects: smartObjectRepository(database),
    tokens: tokenRepository(database, vault),
    authorizations: authorizationRepository(database, vault),
    devices: deviceRepository(database, vault),
    audit: auditRepository(database),
    calls: callRepository(database),
    traces: tokenTraceRepository(database),
    notifications: notificationRepository(database),
    revision: () => database.read(readRevision),
    transaction: (work) => database.write((manager) => work(databaseStore({ ...place, database: joined(manager) }))),
    ping: () => database.read(async (manager) => void (await manager.query('SELECT 1'))),
    close: () => database.close(),
  };
}
