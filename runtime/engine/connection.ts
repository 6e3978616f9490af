import type { Broker, ServiceKeys } from '../../brokers/broker.js';
import { createUpstream, type Upstream } from '../../brokers/http/index.js';
import { CallerError, ConfigurationError } from '../../config/model/errors.js';
import type { Logger } from '../../config/model/logger.js';
import type { Principal } from '../../config/model/principal.js';
import type { ServiceInstance } from '../../config/model/service-instance.js';
import type { Settings } from '../../config/model/settings.js';
import { validateAgainst } from '../../config/schema/index.js';
import type { Store } from '../../config/store/store.js';
import { ReachedTypes } from './answers/reached-types.js';
import { credentialsFor, whenChallenged } from './credentials.js';
import { Lru } from './lru.js';
import type { Tokens } from './token-credentials.js';

/** A service instance, ready to be talked to. */
export interface Connection {
  readonly instance: ServiceInstance;
  readonly broker: Broker;
  /** Valid, defaults filled in. */
  readonly keys: ServiceKeys;
  readonly log: Logger;
  /** What answers are checked against. */
  readonly types: ReachedTypes;
  /** Whether an answer that breaks its schema is refused: the service key `strictAnswers`, where the broker has it. */
  readonly strict: boolean;
  /** Largest description that discovery may read, bytes. */
  readonly descriptorBytes: number;
  /** Authorised for calls, to the hosts that the description names. */
  upstream(principal: Principal, signal: AbortSignal | undefined): Upstream;
  /** Authorised for discovery, to the hosts that the service keys name. */
  discovery(principal: Principal, signal: AbortSignal): Upstream;
}

export interface Connections {
  /** The connection of a stored instance. @throws CallerError NOT_FOUND */
  get(instance: string): Promise<Connection>;
  /** The connection of an instance that need not be stored. Its secrets must have been revealed. */
  open(instance: ServiceInstance): Connection;
  forget(): void;
}

export interface ConnectionDependencies {
  readonly settings: Settings;
  readonly store: Store;
  readonly brokers: ReadonlyMap<string, Broker>;
  readonly tokens: Tokens;
  readonly log: Logger;
}

const CONNECTIONS = 1_000;

export function createConnections(deps: ConnectionDependencies): Connections {
  const connections = new Lru<string, Connection>(CONNECTIONS);
  return {
    async get(name) {
      const known = connections.get(name);
      if (known !== undefined) return known;
      const [stored, summary] = await Promise.all([
        deps.store.instances.reveal(name),
        deps.store.descriptions.summary(name),
      ]);
      if (stored === undefined) throw new CallerError('NOT_FOUND', `There is no service instance "${name}".`);
      const connection = connect(stored.document, summary?.hosts ?? [], deps);
      connections.set(name, connection);
      return connection;
    },
    open: (instance) => connect(instance, [], deps),
    forget: () => connections.clear(),
  };
}

function connect(
  instance: ServiceInstance,
  describedHosts: readonly string[],
  deps: ConnectionDependencies,
): Connection {
  const broker = deps.brokers.get(instance.type);
  if (broker === undefined) {
    throw new ConfigurationError(
      'DOCUMENT_INVALID',
      `Service instance "${instance.name}": there is no service type "${instance.type}".`,
    );
  }
  const keys = validateAgainst(broker.keys, instance.keys, `Service instance "${instance.name}"`);
  const keyHosts = [...new Set(Object.values(keys).flatMap(hostOf))];
  const { answerBytes, streamBytes, descriptorBytes, upstreamTimeout } = deps.settings.limits;
  const allowedHosts = [...deps.settings.allowedHosts, ...(instance.allowedHosts ?? [])];
  const credentials = credentialsFor(instance.authentication, deps.tokens);
  const shared = { allowedHosts, timeout: upstreamTimeout, log: deps.log };
  return {
    instance,
    broker,
    keys,
    log: deps.log,
    types: new ReachedTypes((names) => deps.store.descriptions.namedTypes(instance.name, names)),
    strict: keys.strictAnswers === true,
    descriptorBytes,
    upstream: (principal, signal) =>
      createUpstream({
        ...shared,
        hosts: describedHosts,
        maxBytes: answerBytes,
        streamBytes,
        credentials: credentials(principal, signal),
        signal,
      }),
    discovery(principal, signal) {
      const own = credentials(principal, signal);
      return createUpstream({
        ...shared,
        hosts: keyHosts,
        maxBytes: descriptorBytes,
        credentials: own === undefined ? undefined : whenChallenged(own),
        signal,
      });
    },
  };
}

/** The host of a service key that is a URL. */
function hostOf(value: unknown): string[] {
  if (typeof value !== 'string' || !/^https?:\/\//i.test(value)) return [];
  try {
    return [new URL(value).host];
  } catch {
    return [];
  }
}
