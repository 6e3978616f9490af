import type { Broker } from '../../brokers/broker.js';
import { type AdminDocument, documentKinds } from '../../config/model/admin-document.js';
import { CallerError, ConfigurationError, isSmartwrightError } from '../../config/model/errors.js';
import type { Principal } from '../../config/model/principal.js';
import { validateDocument } from '../../config/schema/index.js';
import type { Store } from '../../config/store/store.js';
import type { Connections } from '../engine/connection.js';
import type { OAuthExtension } from '../oauth/extensions/extension.js';
import { extensionNamed } from '../oauth/extensions/extension-named.js';
import type { Admin, Saved, SaveOptions } from './admin.js';
import { applyDocuments } from './apply.js';
import { refuseWhileNeeded } from './dependents.js';
import { describedInstances } from './described-instances.js';
import { repositoryOf } from './repository.js';
import { type Save, savers } from './save.js';

export interface AdminDependencies {
  readonly store: Store;
  readonly brokers: ReadonlyMap<string, Broker>;
  /** OAuth extensions by name. */
  readonly extensions: ReadonlyMap<string, OAuthExtension>;
  readonly connections: Connections;
  /** Called after each change. */
  readonly changed: () => void;
  /** Called when a person is gone whose tokens the providers are to end. */
  readonly tokensEnded: () => void;
}

export function createAdmin(deps: AdminDependencies): Admin {
  const { store, changed } = deps;
  const instances = describedInstances(deps);

  async function audited<T>(actor: Principal, action: string, subject: string, work: () => Promise<T>): Promise<T> {
    const entry = { at: new Date().toISOString(), actor: actor.name, action, subject };
    try {
      const result = await work();
      await store.audit.append({ ...entry, outcome: 'done' });
      changed();
      return result;
    } catch (error) {
      const code = isSmartwrightError(error) ? error.code : 'INTERNAL';
      // The failure itself is what the caller must hear of, even when the audit cannot be written.
      await store.audit.append({ ...entry, outcome: 'failed', details: { code } }).catch(() => undefined);
      throw error;
    }
  }

  async function saveDocument(document: AdminDocument, actor: Principal, options: SaveOptions): Promise<Saved> {
    if (document.kind === 'ServiceInstance') return instances.save(document, actor, options);
    if (document.kind === 'OAuthResourceType') extensionNamed(document, deps.extensions);
    const save = savers[document.kind] as Save<AdminDocument>;
    return save(store, document, options.expectedVersion);
  }

  return {
    async save(input, actor, options = {}) {
      const document = validateDocument(input);
      return audited(actor, `${document.kind}.saved`, document.name, () => saveDocument(document, actor, options));
    },

    async delete(kind, name, actor, { expectedVersion } = {}) {
      await audited(actor, `${kind}.deleted`, name, () =>
        store.transaction(async (within) => {
          await refuseWhileNeeded(within, kind, name);
          if (!(await repositoryOf(within, kind).delete(name, expectedVersion)))
            throw new CallerError('NOT_FOUND', `There is no ${kind} "${name}".`);
        }),
      );
      if (kind === 'User') deps.tokensEnded();
    },

    refresh(name, actor, options) {
      return audited(actor, 'ServiceInstance.refreshed', name, () => instances.refresh(name, actor, options));
    },

    review: (name, actor, options) => instances.review(name, actor, options),

    async versions(name) {
      if ((await store.instances.get(name)) === undefined)
        throw new CallerError('NOT_FOUND', `There is no ServiceInstance "${name}".`);
      return store.descriptions.versions(name);
    },

    restore(name, version, actor) {
      return audited(actor, 'ServiceInstance.restored', name, () => instances.restore(name, version, actor));
    },

    async describe(input, actor, options = {}) {
      const document = validateDocument(input);
      if (document.kind !== 'ServiceInstance') {
        throw new ConfigurationError(
          'DOCUMENT_INVALID',
          `A ${document.kind} cannot be described; a ServiceInstance can.`,
        );
      }
      return (await instances.describe(document, actor, options)).description;
    },

    apply(documents, actor, options) {
      return applyDocuments(this, documents, actor, options);
    },

    async export() {
      const all = await Promise.all(documentKinds.map((kind) => repositoryOf(store, kind).list()));
      return all.flat().map(({ document }) => document);
    },
  };
}
