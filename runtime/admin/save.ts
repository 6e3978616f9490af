import type { AdminDocument, DocumentKind } from '../../config/model/admin-document.js';
import { CallerError, ConfigurationError } from '../../config/model/errors.js';
import type { ApiKey, User } from '../../config/model/identity.js';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { OAuthResourceType } from '../../config/model/oauth-resource-type.js';
import type { ServiceInstance } from '../../config/model/service-instance.js';
import { isStoredSecret } from '../../config/model/stored-secret.js';
import { checkResourceAgainstType } from '../../config/schema/index.js';
import type { DocumentRepository, Store } from '../../config/store/store.js';
import { apiKeyHash, hashPassword, newApiKey, verifyPassword } from '../identity/index.js';
import type { Saved } from './admin.js';

/** Saves one kind of document, in a transaction of its own; a check that needs other documents stands here. */
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
const saveResourceType: Save<OAuthResourceType> = (store, document, expectedVersion) =>
  store.transaction(async (within) => {
    for (const { document: resource } of await within.resources.list()) {
      if (resource.type === document.name) checkResourceAgainstType(resource, document);
    }
    return saveTo(within.resourceTypes, document, expectedVersion);
  });

const saveResource: Save<OAuthResource> = (store, document, expectedVersion) =>
  store.transaction(async (within) => {
    const type = await within.resourceTypes.get(document.type);
    if (type === undefined) throw missing(document, 'type', 'OAuthResourceType', document.type);
    checkResourceAgainstType(document, type.document);
    return saveTo(within.resources, document, expectedVersion);
  });

/** Part of the transaction that saves its description too. */
export const saveInstance: Save<ServiceInstance> = async (store, document, expectedVersion) => {
  const { authentication } = document;
  if ('resource' in authentication && (await store.resources.get(authentication.resource)) === undefined) {
    throw missing(document, 'authentication/resource', 'OAuthResource', authentication.resource);
  }
  return saveTo(store.instances, document, expectedVersion);
};

/** Another password ends the person's sessions; the same one again changes nothing. */
const saveUser: Save<User> = async (store, { password, ...document }, expectedVersion) => {
  // Hashing takes its time, and a transaction on SQLite keeps all others waiting.
  const hash =
    password === undefined || isStoredSecret(password) ? undefined : await newHash(store, document, password);
  return store.transaction(async (within) => {
    const saved = await saveTo(within.users, document, expectedVersion);
    if (hash === undefined) return saved;
    await within.users.setPasswordHash(document.name, hash);
    await within.sessions.deleteOfUser(document.name);
    return saved.outcome === 'unchanged' ? { ...saved, outcome: 'changed' } : saved;
  });
};

/** Undefined when the person's password is this one already. */
async function newHash({ users }: Store, { name }: User, password: string): Promise<string | undefined> {
  const stored = await users.passwordHash(name);
  return stored !== undefined && (await verifyPassword(password, stored)) ? undefined : hashPassword(password);
}

const saveApiKey: Save<ApiKey> = (store, { key, ...document }, expectedVersion) =>
  store.transaction(async (within) => {
    const { actsAs, mayActAs = [] } = document;
    const accounts = [actsAs, ...mayActAs].map((account, index) => {
      return { account, pointer: index === 0 ? 'actsAs' : `mayActAs/${index - 1}` };
    });
    for (const { account, pointer } of accounts) {
      if ('user' in account && (await within.users.get(account.user)) === undefined) {
        throw missing(document, `${pointer}/user`, 'User', account.user);
      }
    }
    const saved = await saveTo(within.apiKeys, document, expectedVersion);
    if (key !== undefined && !isStoredSecret(key)) {
      await within.apiKeys.setHash(document.name, apiKeyHash(key));
      return saved;
    }
    if (saved.outcome !== 'created') return saved;
    if (isStoredSecret(key)) throw keyNotStored(document);
    const made = newApiKey();
    await within.apiKeys.setHash(document.name, made.hash);
    return { ...saved, key: made.key };
  });

/** How each kind is saved that needs no discovery. */
export const savers: {
  readonly [K in Exclude<DocumentKind, 'ServiceInstance'>]: Save<Extract<AdminDocument, { kind: K }>>;
} = {
  OAuthResourceType: saveResourceType,
  OAuthResource: saveResource,
  User: saveUser,
  ApiKey: saveApiKey,
  TrustedIssuer: (store, document, expectedVersion) => saveTo(store.trustedIssuers, document, expectedVersion),
  SignInProvider: (store, document, expectedVersion) => saveTo(store.signInProviders, document, expectedVersion),
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
