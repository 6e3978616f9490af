import type { EntityManager } from 'typeorm';
import type { ApiKey, User } from '../../model/identity.js';
import type { OAuthResource } from '../../model/oauth-resource.js';
import type { OAuthResourceType } from '../../model/oauth-resource-type.js';
import type { ServiceInstance } from '../../model/service-instance.js';
import type { SignInProvider } from '../../model/sign-in-provider.js';
import type { TrustedIssuer } from '../../model/trusted-issuer.js';
import type { Database } from '../database/database.js';
import { deleteDescription } from '../descriptions/rows.js';
import { authorizationEntity } from '../entities/authorization.js';
import { documentEntity } from '../entities/document.js';
import { sessionEntity, signInTokenEntity } from '../entities/session.js';
import { deleteSmartObjects } from '../smart-objects/rows.js';
import type { DocumentRepository } from '../store.js';
import { deleteTokens, revokeTokens } from '../tokens/absent.js';
import type { Vault } from '../vault.js';
import { documentRepository } from './document-repository.js';
import { sealNewSecrets } from './reseal.js';
import type { SecretContext } from './secret-positions.js';

/** The system names of the secret service keys of a service type. */
export type SecretKeys = SecretContext['secretKeys'];

/** What the document repositories share. */
export interface DocumentPlace {
  readonly database: Database;
  readonly vault: Vault;
  readonly secretKeys: SecretKeys;
}

export function resourceTypeRepository(place: DocumentPlace): DocumentRepository<OAuthResourceType> {
  return documentRepository<OAuthResourceType>({
    kind: 'OAuthResourceType',
    ...place,
    context: async () => place,
    // A parameter that is a secret from now on is one in the resources of the type that are stored already.
    afterSave: (manager, type) => sealNewSecrets(manager, place, type),
  });
}

export function resourceRepository(place: DocumentPlace): DocumentRepository<OAuthResource> {
  return documentRepository<OAuthResource>({
    kind: 'OAuthResource',
    ...place,
    context: async (manager, resource) => ({ ...place, resourceType: await findType(manager, resource.type) }),
    afterDelete: async (manager, resource) => {
      await deleteTokens(manager, { resource });
      await manager.delete(authorizationEntity, { resource });
    },
  });
}

export function instanceRepository(place: DocumentPlace): DocumentRepository<ServiceInstance> {
  return documentRepository<ServiceInstance>({
    kind: 'ServiceInstance',
    ...place,
    context: async () => place,
    afterDelete: async (manager, instance) => {
      await deleteDescription(manager, instance);
      await deleteSmartObjects(manager, instance);
    },
  });
}

export function userDocuments(place: DocumentPlace): DocumentRepository<User> {
  return documentRepository<User>({
    kind: 'User',
    ...place,
    context: async () => place,
    stored: ({ password: _, ...user }) => user,
    // Somebody who gets the same name later must not find the former person's sessions and tokens.
    afterDelete: async (manager, user) => {
      const credential = `user:${user}`;
      await manager.delete(sessionEntity, { user });
      await manager.delete(signInTokenEntity, { user });
      await revokeTokens(manager, credential);
      await manager.delete(authorizationEntity, { credential });
    },
  });
}

export function apiKeyDocuments(place: DocumentPlace): DocumentRepository<ApiKey> {
  return documentRepository<ApiKey>({
    kind: 'ApiKey',
    ...place,
    context: async () => place,
    stored: ({ key: _, ...apiKey }) => apiKey,
  });
}

export function trustedIssuerRepository(place: DocumentPlace): DocumentRepository<TrustedIssuer> {
  return documentRepository<TrustedIssuer>({ kind: 'TrustedIssuer', ...place, context: async () => place });
}

export function signInProviderRepository(place: DocumentPlace): DocumentRepository<SignInProvider> {
  return documentRepository<SignInProvider>({ kind: 'SignInProvider', ...place, context: async () => place });
}

async function findType(manager: EntityManager, name: string): Promise<OAuthResourceType | undefined> {
  const row = await manager.findOneBy(documentEntity, { kind: 'OAuthResourceType', name });
  return row === null ? undefined : (JSON.parse(row.document) as OAuthResourceType);
}
