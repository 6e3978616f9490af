import type { Broker, ServiceKeys } from '../../brokers/broker.js';
import { type Credentials, createUpstream, type Upstream, type UpstreamOptions } from '../../brokers/http/index.js';
import { tlsIdentityOf } from '../../brokers/tls-keys.js';
import { CallerError, ConfigurationError } from '../../config/model/errors.js';
import type { Logger } from '../../config/model/logger.js';
import type { Principal } from '../../config/model/principal.js';
import type { ServiceInstance } from '../../config/model/service-instance.js';
import type { Settings } from '../../config/model/settings.js';
import { tokenFieldsIn } from '../../config/model/token-field.js';
import { validateAgainst } from '../../config/schema/index.js';
import type { Store } from '../../config/store/store.js';
import { ReachedTypes } from './answers/reached-types.js';
import { credentialsFor, whenChallenged } from './credentials.js';
import { Lru } from './lru.js';
import { bearsToken, type Tokens } from './token-credentials.js';
import { type FilledKeys, TokenKeys } from './token-keys.js';

/** A service instance, ready to be talked to. */
export interface Connection {
  readonly instance: ServiceInstance;
  readonly broker: Broker;
  readonly log: Logger;
  /** What answers are checked against. */
  readonly types: ReachedTypes;
  /** Whether an answer that breaks its schema is refused: the service key `strictAnswers`, where the broker has it. */
  readonly strict: boolean;
  /** Largest description that discovery may read, bytes. */
  readonly descriptorBytes: number;
  /** Authorised for calls, to the hosts that the description names. @throws see `TokenKeys.fill`, `TokenSource.get` */
  forCall(principal: Principal, signal: AbortSignal | undefined): Access | Promise<Access>;
  /** Authorised for discovery, to the hosts that the service keys name. */
  forDiscovery(principal: Principal, signal: AbortSignal): Access | Promise<Access>;
}

/** The way to a service, for one principal. */
export interface Access {
  /** Valid, defaults and fields of the token filled in. */
  readonly keys: ServiceKeys;
  readonly http: Upstream;
  /** Texts that no message may show. */
  readonly hidden: readonly string[];
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
  const { answerBytes, streamBytes, descriptorBytes, upstreamTimeout } = deps.settings.limits;
  const allowedHosts = [...deps.settings.allowedHosts, ...(instance.allowedHosts ?? [])];
  const credentials = credentialsFor(instance.authentication, deps.tokens);
  const identity = tlsIdentityOf(keys);
  const tokenKeys = tokenFieldsIn(keys).length === 0 ? undefined : new TokenKeys(keys, broker.keys, instance.name);
  if (tokenKeys !== undefined) checkBringsToken(instance);

  type Way = Pick<UpstreamOptions, 'credentials' | 'hosts' | 'maxBytes' | 'streamBytes' | 'signal'>;
  /** The keys of this principal; what is filled in is neither logged nor shown. Written out, since to spread objects costs each call. */
  const access = ({ keys, filled }: FilledKeys, { credentials, hosts, maxBytes, streamBytes, signal }: Way): Access => {
    const log = filled.length === 0 ? deps.log : silent;
    const timeout = upstreamTimeout;
    const http = createUpstream({
      allowedHosts,
      timeout,
      log,
      identity,
      credentials,
      hosts,
      maxBytes,
      streamBytes,
      signal,
    });
    return { keys, http, hidden: filled };
  };
  const filledFor = (own: Credentials | undefined): FilledKeys | Promise<FilledKeys> => {
    if (tokenKeys === undefined || !bearsToken(own)) return { keys, filled: [] };
    const token = own.token();
    return token instanceof Promise ? token.then((got) => tokenKeys.fill(got)) : tokenKeys.fill(token);
  };
  return {
    instance,
    broker,
    log: deps.log,
    types: new ReachedTypes((names) => deps.store.descriptions.namedTypes(instance.name, names)),
    strict: keys.strictAnswers === true,
    descriptorBytes,
    forCall(principal, signal) {
      const own = credentials(principal, signal);
      const open = (filled: FilledKeys) => {
        // What the token names is the service's own as much as what its description names.
        const hosts = filled.filled.length === 0 ? describedHosts : [...describedHosts, ...hostsOf(filled.keys)];
        return access(filled, { credentials: own, hosts, maxBytes: answerBytes, streamBytes, signal });
      };
      const filled = filledFor(own);
      return filled instanceof Promise ? filled.then(open) : open(filled);
    },
    forDiscovery(principal, signal) {
      const own = credentials(principal, signal);
      const challenged = own === undefined ? undefined : whenChallenged(own);
      const open = (filled: FilledKeys) => {
        const hosts = hostsOf(filled.keys);
        return access(filled, {
          credentials: challenged,
          hosts,
          maxBytes: descriptorBytes,
          streamBytes: undefined,
          signal,
        });
      };
      const bare = tokenKeys?.withoutToken;
      const filled = bare === undefined ? filledFor(own) : { keys: bare, filled: [] };
      return filled instanceof Promise ? filled.then(open) : open(filled);
    },
  };
}

/** Only an OAuth resource brings tokens with fields. @throws ConfigurationError KEYS_INVALID */
function checkBringsToken({ name, authentication }: ServiceInstance): void {
  if ('resource' in authentication && authentication.resource !== undefined) return;
  throw new ConfigurationError(
    'KEYS_INVALID',
    `Service instance "${name}": its service keys hold {token.…}, and its authentication brings no token; name an OAuth resource there.`,
    { fields: [{ pointer: '/authentication', message: 'names no OAuth resource, whose token the service keys want' }] },
  );
}

const nothing = () => {};
const silent: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

const hostsOf = (keys: ServiceKeys): readonly string[] => [...new Set(Object.values(keys).flatMap(hostOf))];

/** The host of a service key that is a URL. */
function hostOf(value: unknown): string[] {
  if (typeof value !== 'string' || !/^https?:\/\//i.test(value)) return [];
  try {
    return [new URL(value).host];
  } catch {
    return [];
  }
}
