import type { DocumentKind } from '../../config/model/admin-document.js';
import { CallerError } from '../../config/model/errors.js';
import type { Store } from '../../config/store/store.js';

/** Finds the documents that name a document, as `OAuth resource "Salesforce"`. */
type FindDependents = (store: Store, name: string) => Promise<string[]>;

const quoted = (what: string, names: readonly string[]): string[] => names.map((name) => `${what} "${name}"`);

const finders: Record<DocumentKind, FindDependents> = {
  async OAuthResourceType(store, name) {
    const resources = await store.resources.list();
    return quoted(
      'OAuth resource',
      resources.filter(({ document }) => document.type === name).map(({ document }) => document.name),
    );
  },
  async OAuthResource(store, name) {
    const instances = await store.instances.list();
    const using = instances.filter(
      ({ document: { authentication } }) => 'resource' in authentication && authentication.resource === name,
    );
    const resources = await store.resources.list();
    const exchanging = resources.filter(({ document }) => document.subjectResource === name);
    return [
      ...quoted(
        'service instance',
        using.map(({ document }) => document.name),
      ),
      ...quoted(
        'OAuth resource',
        exchanging.map(({ document }) => document.name),
      ),
    ];
  },
  async ServiceInstance(store, name) {
    const methods = await store.smartObjects.dependents(name);
    return quoted('SmartObject', [...new Set(methods.map(({ object }) => object))]);
  },
  async User(store, name) {
    const keys = await store.apiKeys.list();
    const using = keys.filter(({ document: { actsAs, mayActAs = [] } }) =>
      [actsAs, ...mayActAs].some((account) => 'user' in account && account.user === name),
    );
    return quoted(
      'API key',
      using.map(({ document }) => document.name),
    );
  },
  async ApiKey() {
    return [];
  },
  async TrustedIssuer() {
    return [];
  },
  async SignInProvider() {
    return [];
  },
};

/** @throws CallerError CONFLICT that names what still needs the document */
export async function refuseWhileNeeded(store: Store, kind: DocumentKind, name: string): Promise<void> {
  const dependents = await finders[kind](store, name);
  if (dependents.length === 0) return;
  throw new CallerError(
    'CONFLICT',
    `${kind} "${name}" cannot be deleted while it is used by ${dependents.join(', ')}. Delete or change those first.`,
    {
      extensions: { dependents },
    },
  );
}
