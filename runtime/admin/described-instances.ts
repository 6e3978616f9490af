import { isDeepStrictEqual } from 'node:util';
import type { Broker } from '../../brokers/broker.js';
import { CallerError, ConfigurationError } from '../../config/model/errors.js';
import type { Principal } from '../../config/model/principal.js';
import type { ServiceInstance } from '../../config/model/service-instance.js';
import { fillStoredSecrets } from '../../config/model/stored-secret.js';
import { validateAgainst } from '../../config/schema/index.js';
import type { DescriptionOrigin, DescriptionSummary, DescriptionVersion, Store } from '../../config/store/store.js';
import type { Connections } from '../engine/connection.js';
import type { Admin, DescribeOptions, Refreshed, RefreshOptions, Saved, SaveOptions } from './admin.js';
import { type Described, describeInstance, withSmartObjects } from './describe.js';
import {
  type Former,
  formerOf,
  type Review,
  refuseUnaccepted,
  refuseWhenReplaced,
  reviewOf,
  shortened,
} from './review.js';
import { saveInstance } from './save.js';

export interface DescribedInstanceDependencies {
  readonly store: Store;
  readonly brokers: ReadonlyMap<string, Broker>;
  readonly connections: Connections;
}

/** What is done with service instances and their descriptions; see `Admin`. */
export interface DescribedInstances extends Pick<Admin, 'review' | 'refresh' | 'restore'> {
  save(document: ServiceInstance, actor: Principal, options: SaveOptions): Promise<Saved>;
  describe(document: ServiceInstance, actor: Principal, options: DescribeOptions): Promise<Described>;
}

/** Saves, describes, refreshes and restores service instances, without the audit. */
export function describedInstances({ store, brokers, connections }: DescribedInstanceDependencies): DescribedInstances {
  /** The service keys under their system names, defaults left out. @throws ConfigurationError KEYS_INVALID, DOCUMENT_INVALID */
  function validKeys({ name, type, keys }: ServiceInstance): ServiceInstance['keys'] {
    const broker = brokers.get(type);
    if (broker !== undefined) return validateAgainst(broker.keys, keys, `Service instance "${name}"`);
    const message = `There is no service type "${type}"; there are ${[...brokers.keys()].join(', ')}.`;
    throw new ConfigurationError('DOCUMENT_INVALID', `ServiceInstance "${name}": ${message}`, {
      fields: [{ pointer: '/type', message }],
    });
  }

  async function withSecrets(instance: ServiceInstance): Promise<ServiceInstance> {
    const stored = await store.instances.reveal(instance.name);
    return fillStoredSecrets(instance, stored?.document) as ServiceInstance;
  }

  async function describe(
    instance: ServiceInstance,
    former: Former | undefined,
    actor: Principal,
    options: DescribeOptions,
  ): Promise<Described> {
    const stored = await store.instances.get(instance.name);
    const newOverlay = !isDeepStrictEqual(stored?.document.overlay, instance.overlay);
    const connection = connections.open(instance);
    return describeInstance(connection, former?.description, actor, { ...options, newOverlay });
  }

  async function revealed(name: string): Promise<ServiceInstance> {
    const instance = await store.instances.reveal(name);
    if (instance === undefined) throw new CallerError('NOT_FOUND', `There is no ServiceInstance "${name}".`);
    return instance.document;
  }

  /** What the instance is described as now, beside what is stored. */
  async function describedAnew(name: string, actor: Principal, options: DescribeOptions) {
    const instance = await revealed(name);
    const former = await formerOf(store, name);
    const latter = await describe(instance, former, actor, options);
    const reviewed = await reviewOf(store, name, former ?? nothingYet, latter.description);
    return { former, latter, ...reviewed };
  }

  async function replaced(
    latter: Described,
    former: Former | undefined,
    review: Review,
    origin: DescriptionOrigin,
  ): Promise<Refreshed> {
    const summary = await store.transaction((within) => keep(within, latter, former, origin));
    return { ...summary, review: shortened(review) };
  }

  return {
    async save(document, actor, options) {
      const instance = { ...document, keys: validKeys(document) };
      const stored = await store.instances.get(instance.name);
      const former = await formerOf(store, instance.name);
      const described = await describe(await withSecrets(instance), former, actor, options);
      const reviewed = former && (await reviewOf(store, instance.name, former, described.description));
      // A document that asks for something else may well be described otherwise; the same one asks for what was there.
      const isRefresh = stored !== undefined && asksForTheSame(stored.document, instance);
      if (reviewed !== undefined && isRefresh) refuseUnaccepted(reviewed.review, options.accept);
      return store.transaction(async (within) => {
        const saved = await saveInstance(within, instance, options.expectedVersion);
        const description = await keep(within, described, former, { by: actor.name, difference: reviewed?.difference });
        return { ...saved, description, ...(reviewed !== undefined && { review: shortened(reviewed.review) }) };
      });
    },

    async describe(document, actor, options) {
      const instance = await withSecrets({ ...document, keys: validKeys(document) });
      return describe(instance, await formerOf(store, instance.name), actor, options);
    },

    async review(name, actor, options = {}) {
      return (await describedAnew(name, actor, options)).review;
    },

    async refresh(name, actor, options: RefreshOptions = {}) {
      const { former, latter, review, difference } = await describedAnew(name, actor, options);
      refuseUnaccepted(review, options.accept);
      return replaced(latter, former, review, { by: actor.name, difference });
    },

    async restore(name, version, actor) {
      const instance = await revealed(name);
      const wanted = await store.descriptions.version(name, version);
      if (wanted === undefined || wanted.current) throw notRestorable(name, version, wanted);
      const former = await formerOf(store, name);
      const latter = await withSmartObjects(instance, await wanted.load());
      const { review, difference } = await reviewOf(store, name, former ?? nothingYet, latter.description);
      return replaced(latter, former, review, { by: actor.name, difference, restored: version });
    },
  };
}

/** What an instance that was never described is compared with. */
const nothingYet: Former = {
  description: { serviceObjects: [], types: {}, diagnostics: [], operations: 0, hosts: [] },
  hash: '',
};

function asksForTheSame(one: ServiceInstance, other: ServiceInstance): boolean {
  const asked = ({ displayName: _, description: __, ...rest }: ServiceInstance) => rest;
  return isDeepStrictEqual(asked(one), asked(other));
}

function notRestorable(name: string, version: number, current: DescriptionVersion | undefined): CallerError {
  return current === undefined
    ? new CallerError('NOT_FOUND', `ServiceInstance "${name}" has no version ${version} of its description.`)
    : new CallerError('CONFLICT', `ServiceInstance "${name}" has version ${version} of its description already.`);
}

/** @throws CallerError CONFLICT when the stored description is not `former` any more */
async function keep(
  store: Store,
  { instance, description, smartObjects }: Described,
  former: Former | undefined,
  origin: DescriptionOrigin,
): Promise<DescriptionSummary> {
  await refuseWhenReplaced(store, instance, former);
  const summary = await store.descriptions.save(instance, description, origin);
  await store.smartObjects.replace(instance, smartObjects);
  return summary;
}
