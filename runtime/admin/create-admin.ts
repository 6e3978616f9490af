import { isDeepStrictEqual } from 'node:util';
import type { Broker } from '../../brokers/broker.js';
import { type AdminDocument, documentKinds } from '../../config/model/admin-document.js';
import { CallerError, ConfigurationError, isSmartwrightError } from '../../config/model/errors.js';
import type { Principal } from '../../config/model/principal.js';
import type { ServiceInstance } from '../../config/model/service-instance.js';
import { fillStoredSecrets } from '../../config/model/stored-secret.js';
import { validateAgainst, validateDocument } from '../../config/schema/index.js';
import type { DescriptionSummary, Store } from '../../config/store/store.js';
import type { Connections } from '../engine/connection.js';
import type { OAuthExtension } from '../oauth/extensions/extension.js';
import { extensionNamed } from '../oauth/extensions/extension-named.js';
import type { Admin, DescribeOptions, Saved, SaveOptions } from './admin.js';
import { applyDocuments } from './apply.js';
import { refuseWhileNeeded } from './dependents.js';
import { type Described, describeInstance } from './describe.js';
import { repositoryOf } from './repository.js';
import { type Save, saveInstance, savers } from './save.js';

export interface AdminDependencies {
  readonly store: Store;
  readonly brokers: ReadonlyMap<string, Broker>;
  /** OAuth extensions by name. */
  readonly extensions: ReadonlyMap<string, OAuthExtension>;
  readonly connections: Connections;
  /** Called after each change. */
  readonly changed: () => void;
}

export function createAdmin(deps: AdminDependencies): Admin {
  const { store, changed } = deps;

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
    if (document.kind === 'ServiceInstance') return saveDescribed(document, actor, options);
    if (document.kind === 'OAuthResourceType') extensionNamed(document, deps.extensions);
    const save = savers[document.kind] as Save<AdminDocument>;
    return save(store, document, options.expectedVersion);
  }

  async function saveDescribed(document: ServiceInstance, actor: Principal, options: SaveOptions): Promise<Saved> {
    const instance = { ...document, keys: validKeys(document) };
    const described = await describe(await withSecrets(instance), actor, options);
    return store.transaction(async (within) => {
      const saved = await saveInstance(within, instance, options.expectedVersion);
      return { ...saved, description: await keep(within, described) };
    });
  }

  /** The service keys under their system names, defaults left out. @throws ConfigurationError KEYS_INVALID, DOCUMENT_INVALID */
  function validKeys({ name, type, keys }: ServiceInstance): ServiceInstance['keys'] {
    const broker = deps.brokers.get(type);
    if (broker !== undefined) return validateAgainst(broker.keys, keys, `Service instance "${name}"`);
    const message = `There is no service type "${type}"; there are ${[...deps.brokers.keys()].join(', ')}.`;
    throw new ConfigurationError('DOCUMENT_INVALID', `ServiceInstance "${name}": ${message}`, {
      fields: [{ pointer: '/type', message }],
    });
  }

  async function withSecrets(instance: ServiceInstance): Promise<ServiceInstance> {
    const stored = await store.instances.reveal(instance.name);
    return fillStoredSecrets(instance, stored?.document) as ServiceInstance;
  }

  async function describe(instance: ServiceInstance, actor: Principal, options: DescribeOptions): Promise<Described> {
    const former = await store.descriptions.load(instance.name);
    const stored = await store.instances.get(instance.name);
    const newOverlay = !isDeepStrictEqual(stored?.document.overlay, instance.overlay);
    return describeInstance(deps.connections.open(instance), former, actor, { ...options, newOverlay });
  }

  return {
    async save(input, actor, options = {}) {
      const document = validateDocument(input);
      return audited(actor, `${document.kind}.saved`, document.name, () => saveDocument(document, actor, options));
    },

    async delete(kind, name, actor) {
      await audited(actor, `${kind}.deleted`, name, () =>
        store.transaction(async (within) => {
          await refuseWhileNeeded(within, kind, name);
          if (!(await repositoryOf(within, kind).delete(name)))
            throw new CallerError('NOT_FOUND', `There is no ${kind} "${name}".`);
        }),
      );
    },

    async refresh(name, actor, options = {}) {
      const instance = await store.instances.reveal(name);
      if (instance === undefined) throw new CallerError('NOT_FOUND', `There is no ServiceInstance "${name}".`);
      return audited(actor, 'ServiceInstance.refreshed', name, async () => {
        const described = await describe(instance.document, actor, options);
        return store.transaction((within) => keep(within, described));
      });
    },

    async describe(input, actor, options = {}) {
      const document = validateDocument(input);
      if (document.kind !== 'ServiceInstance') {
        throw new ConfigurationError(
          'DOCUMENT_INVALID',
          `A ${document.kind} cannot be described; a ServiceInstance can.`,
        );
      }
      const instance = await withSecrets({ ...document, keys: validKeys(document) });
      return (await describe(instance, actor, options)).description;
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

async function keep(store: Store, { instance, description, smartObjects }: Described): Promise<DescriptionSummary> {
  const summary = await store.descriptions.save(instance, description);
  await store.smartObjects.replace(instance, smartObjects);
  return summary;
}
