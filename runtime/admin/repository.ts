import type { AdminDocument, DocumentKind } from '../../config/model/admin-document.js';
import type { DocumentRepository, Store } from '../../config/store/store.js';

const repositories = {
  OAuthResourceType: 'resourceTypes',
  OAuthResource: 'resources',
  ServiceInstance: 'instances',
  User: 'users',
  ApiKey: 'apiKeys',
  TrustedIssuer: 'trustedIssuers',
  SignInProvider: 'signInProviders',
} as const satisfies Record<DocumentKind, keyof Store>;

/** The repository of a kind of document. */
export function repositoryOf(store: Store, kind: DocumentKind): DocumentRepository<AdminDocument> {
  return store[repositories[kind]] as DocumentRepository<AdminDocument>;
}
