import { Not } from 'typeorm';
import { CallerError } from '../../model/errors.js';
import type { ApiKey } from '../../model/identity.js';
import { change } from '../database/change.js';
import { documentEntity } from '../entities/document.js';
import type { ApiKeyRepository, UserRepository } from '../store.js';
import { apiKeyDocuments, type DocumentPlace, userDocuments } from './repositories.js';

/** Users, with their password hashes. A hash is set on a stored user and goes with it. */
export function userRepository(place: DocumentPlace): UserRepository {
  const { database } = place;
  const kind = 'User';
  return {
    ...userDocuments(place),
    count: () => database.read((manager) => manager.countBy(documentEntity, { kind })),
    setPasswordHash: (name, hash) => setVerifier(place, kind, name, hash),
    passwordHash: (name) =>
      database.read(
        async (manager) => (await manager.findOneBy(documentEntity, { kind, name }))?.verifier ?? undefined,
      ),
  };
}

/** API keys, with the hashes that they are found by. */
export function apiKeyRepository(place: DocumentPlace): ApiKeyRepository {
  const { database } = place;
  const kind = 'ApiKey';
  return {
    ...apiKeyDocuments(place),
    setHash: (name, hash) => setVerifier(place, kind, name, hash),
    findByHash: (hash) =>
      database.read(async (manager) => {
        const row = await manager.findOneBy(documentEntity, { verifier: hash, kind });
        return row === null ? undefined : (JSON.parse(row.document) as ApiKey);
      }),
  };
}

function setVerifier({ database }: DocumentPlace, kind: 'User' | 'ApiKey', name: string, hash: string): Promise<void> {
  return change(database, async (manager) => {
    if (await manager.existsBy(documentEntity, { kind, name: Not(name), verifier: hash })) {
      throw new CallerError(
        'CONFLICT',
        `${kind} "${name}": another one has the same secret already. Choose another secret.`,
      );
    }
    const { affected } = await manager.update(documentEntity, { kind, name }, { verifier: hash });
    if ((affected ?? 0) === 0) {
      throw new CallerError('NOT_FOUND', `${kind} "${name}" is not stored; save it before its secret.`);
    }
    return { changed: true, result: undefined };
  });
}
