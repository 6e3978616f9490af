import type { AdminDocument, DocumentKind } from '../../config/model/admin-document.js';
import { CallerError, ConfigurationError } from '../../config/model/errors.js';
import type { ApiKey, User } from '../../config/model/identity.js';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { OAuthResourceType } from '../../config/model/oauth-resource-type.js';
import type { ServiceInstance } from '../../config/model/service-instance.js';
import { isStoredSecret } from '../../config/model/stored-secret.js';
import { checkResourceAgainstType } from '../../config/schema/index.js';
import type { DocumentRepository, Store } from '../../config/store/store.js';
import { apiKeyHash, hashPassword, newApiKey } from '../identity/index.js';
import type { Saved } from './admin.js';

/** Saves one kind of document, in a transaction; a check that needs other documents stands here. */
export type Save<D extends AdminDocument> = (store: Store, document: D, expectedVersion?: number) => Promise<Saved>;

async function saveTo<D extends AdminDocument>(
  repository: DocumentRepository<D>,
  document: D,
  expectedVersion?: number,
): Promise<Saved> {
  const { version, changed } = await repository.save(document, expectedVersion);
  const outcome = changed ? (version === 1 ? 'created' : 'changed') : 'unchanged';
  return { kind: document.kind, name: document.name, version, outcome };
}

/** A type cannot lose a parameter that one of its resources still gives a value. */
const saveResourceType: Save<OAuthResourceType> = async (store, document, expectedVersion) => {
  for (const { document: resource } of await store.resources.list()) {
    if (resource.type === document.name) checkResourceAgainstType(resource, document);
  }
  return saveTo(store.resourceTypes, document, expectedVersion);
};

const saveResource: Save<OAuthResource> = async (store, document, expectedVersion) => {
  const type = await store.resourceTypes.get(document.type);
  if (type === undefined) throw missing(document, 'type', 'OAuthResourceType', document.type);
  checkResourceAgainstType(document, type.document);
  return saveTo(store.resources, document, expectedVersion);
};

export const saveInstance: Save<ServiceInstance> = async (store, document, expectedVersion) => {
  const { authentication } = document;
  if ('resource' in authentication && (await store.resources.get(authentication.resource)) === undefined) {
    throw missing(document, 'authentication/resource', 'OAuthResource', authentication.resource);
  }
  return saveTo(store.instances, document, expectedVersion);
};

const saveUser: Save<User> = async (store, { password, ...document }, expectedVersion) => {
  const saved = await saveTo(store.users, document, expectedVersion);
  if (password === undefined || isStoredSecret(password)) return saved;
  await store.users.setPasswordHash(document.name, await hashPassword(password));
  return saved;
};

const saveApiKey: Save<ApiKey> = async (store, { key, ...document }, expectedVersion) => {
  if ('user' in document.actsAs && (await store.users.get(document.actsAs.user)) === undefined) {
    throw missing(document, 'actsAs/user', 'User', document.actsAs.user);
  }
  const saved = await saveTo(store.apiKeys, document, expectedVersion);
  if (key !== undefined && !isStoredSecret(key)) {
    await store.apiKeys.setHash(document.name, apiKeyHash(key));
    return saved;
  }
  if (saved.outcome !== 'created') return saved;
  if (isStoredSecret(key)) throw keyNotStored(document);
  const made = newApiKey();
  await store.apiKeys.setHash(document.name, made.hash);
  return { ...saved, key: made.key };
};

/** How each kind is saved. */
export const savers: { readonly [K in DocumentKind]: Save<Extract<AdminDocument, { kind: K }>> } = {
  OAuthResourceType: saveResourceType,
  OAuthResource: saveResource,
  ServiceInstance: saveInstance,
  User: saveUser,
  ApiKey: saveApiKey,
};

function missing(document: AdminDocument, pointer: string, kind: DocumentKind, name: string): ConfigurationError {
  const message = `There is no ${kind} "${name}". Save it first, or name one that is there.`;
  return new ConfigurationError('DOCUMENT_INVALID', `${document.kind} "${document.name}": ${message}`, {
    fields: [{ pointer: `/${pointer}`, message }],
  });
}

function keyNotStored(document: ApiKey): CallerError {
  return new CallerError(
    'DOCUMENT_INVALID',
    `ApiKey "${document.name}": the document keeps a stored key, but none is stored here. Give "key" a value, or leave it out to have one made.`,
    { fields: [{ pointer: '/key', message: 'no key is stored' }] },
  );
}
