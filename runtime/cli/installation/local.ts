import type { AdminDocument, DocumentKind } from '../../../config/model/admin-document.js';
import { CallerError } from '../../../config/model/errors.js';
import type { Principal } from '../../../config/model/principal.js';
import { readSettings } from '../../../config/settings.js';
import type { SmartObjectSummary } from '../../../config/store/store.js';
import { repositoryOf } from '../../admin/repository.js';
import { createRuntime } from '../../index.js';
import { localPrincipal } from '../../local-principal.js';
import type { Runtime } from '../../runtime.js';
import { discoveryOf, type Installation } from './installation.js';

/** Opens the store of a data folder, as its operator: whoever may read the folder may do all. */
export async function openLocal(data: string | undefined): Promise<Installation> {
  const settings = readSettings(undefined, { ...(data === undefined ? {} : { data }), logLevel: 'warn' });
  return localInstallation(await createRuntime(settings));
}

/** The installation of a runtime in this process. */
export function localInstallation(runtime: Runtime, actor: Principal = localPrincipal): Installation {
  const { store, admin, engine, oauth } = runtime;
  return {
    place: `the data folder ${runtime.settings.data}`,
    documents: () => admin.export(),
    async documentsWithSecrets() {
      const shown = await admin.export();
      const revealed = await Promise.all(shown.map(({ kind, name }) => repositoryOf(store, kind).reveal(name)));
      const entry = { at: new Date().toISOString(), actor: actor.name, action: 'secrets.exported' };
      await store.audit.append({ ...entry, subject: `${shown.length} documents`, outcome: 'done' });
      return revealed.flatMap((found) => (found === undefined ? [] : [found.document]));
    },
    async documentsOf<K extends DocumentKind>(kind: K) {
      const stored = await repositoryOf(store, kind).list();
      return stored.map(({ document }) => document as Extract<AdminDocument, { readonly kind: K }>);
    },
    async document(kind, name) {
      return (await repositoryOf(store, kind).get(name))?.document;
    },
    save: (document, options) => admin.save(document, actor, options),
    delete: (kind, name) => admin.delete(kind, name, actor),
    async discover(instance, options) {
      const stored = await store.instances.get(instance);
      if (stored === undefined)
        throw new CallerError(
          'NOT_FOUND',
          `There is no service instance "${instance}". The command instance list shows what there is.`,
        );
      return discoveryOf(await admin.describe(stored.document, actor, options));
    },
    review: (instance, options) => admin.review(instance, actor, options),
    refresh: (instance, options) => admin.refresh(instance, actor, options),
    versions: (instance) => admin.versions(instance),
    async version(instance, version) {
      const found = await store.descriptions.version(instance, version);
      if (found !== undefined) {
        const { load: _, ...changes } = found;
        return changes;
      }
      throw new CallerError(
        'NOT_FOUND',
        `Service instance "${instance}" has no version ${version} of its description.`,
      );
    },
    restore: (instance, version) => admin.restore(instance, version, actor),
    summary: (instance) => store.descriptions.summary(instance),
    async listObjects(instance) {
      const all: SmartObjectSummary[] = [];
      for (;;) {
        const scope = instance === undefined ? {} : { instance };
        const { items, total } = await store.smartObjects.list({ ...scope, limit: 1_000, offset: all.length });
        all.push(...items);
        if (items.length === 0 || all.length >= total) return all;
      }
    },
    async objects(instance) {
      const [objects, description] = await Promise.all([
        store.smartObjects.ofInstance(instance),
        store.descriptions.load(instance),
      ]);
      return { objects, types: description?.types ?? {} };
    },
    call: (call, signal, credential) =>
      engine.execute(call, credential === undefined ? actor : { ...actor, credential }, signal),
    tokens: () => store.tokens.list(),
    async deleteToken(resource, credential = actor.credential) {
      if (!(await oauth.disconnect(resource, credential))) return false;
      const entry = { at: new Date().toISOString(), actor: actor.name, action: 'token.deleted' };
      await store.audit.append({ ...entry, subject: `${resource} ${credential}`, outcome: 'done' });
      return true;
    },
    async rotateMasterKey() {
      const rotated = await store.rotateMasterKey();
      const entry = { at: new Date().toISOString(), actor: actor.name, action: 'master-key.rotated' };
      await store.audit.append({ ...entry, subject: rotated.masterKey, outcome: 'done' });
      return rotated;
    },
    traces: (query) => store.traces.list(query),
    async refreshToken(resource, credential = actor.credential) {
      await oauth.refresh(resource, credential);
      const entry = { at: new Date().toISOString(), actor: actor.name, action: 'token.refreshed' };
      await store.audit.append({ ...entry, subject: `${resource} ${credential}`, outcome: 'done' });
    },
    beginDeviceConsent: (resource, credential = actor.credential) =>
      oauth.device.begin({ resource, credential, session: actor.name }),
    pollDeviceConsent: (id) => oauth.device.poll(id, actor.name),
    authorizationUrl: async (resource, credential) => oauth.authorizationUrl(resource, credential ?? actor.credential),
    close: () => runtime.close(),
  };
}
