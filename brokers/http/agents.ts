import { lookup as resolve } from 'node:dns';
import { createRequire } from 'node:module';
import type { LookupFunction } from 'node:net';
import type { Agent } from 'undici';
import { ConfigurationError } from '../../config/model/errors.js';
import type { HostPolicy, Place } from './host-policy.js';
import type { TlsIdentity } from './tls-identity.js';

/** Connections to one origin at a time; further requests wait for one. */
const CONNECTIONS = 256;
/** Milliseconds for a connection to be made. */
export const CONNECT_TIMEOUT = 10_000;

const load = createRequire(import.meta.url);

/**
 * The two classes of undici that are needed, loaded with the first connection: its index loads fetch, WebSocket, caches and mocks
 * too, which a command that makes one call would wait for.
 */
const undici = (): Pick<typeof import('undici'), 'Agent' | 'Pool'> => ({
  Agent: load('undici/lib/dispatcher/agent'),
  Pool: load('undici/lib/dispatcher/pool'),
});

/**
 * A pool of kept-alive connections under one host policy. A name is resolved once for each connection, and the connection goes
 * to the very address that was checked: a name that resolves to another address a moment later gains nothing. Instances with
 * different policies or TLS identities never share a connection.
 */
export function createAgent(policy: HostPolicy, identity?: TlsIdentity): Agent {
  const { Agent, Pool } = undici();
  return new Agent({
    // The deadline of a request covers all of it, so undici's own timers are off.
    headersTimeout: 0,
    bodyTimeout: 0,
    connections: CONNECTIONS,
    factory: (origin, options) =>
      new Pool(origin, {
        ...options,
        connect: {
          timeout: CONNECT_TIMEOUT,
          lookup: checkedLookup(policy, placeOf(new URL(origin))),
          ...(identity === undefined ? {} : { secureContext: identity.context }),
        },
      }),
  });
}

export function placeOf(url: URL): Place {
  const standard = url.protocol === 'https:' ? 443 : 80;
  return {
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? standard : Number(url.port),
  };
}

function checkedLookup(policy: HostPolicy, place: Place): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const refusals = addresses.map(({ address }) => policy.refusesAddress(place, address));
      const allowed = addresses.filter((_, index) => refusals[index] === undefined);
      const [first] = allowed;
      if (first === undefined) {
        const reason = refusals[0] ?? `Host "${hostname}" has no address.`;
        return callback(new ConfigurationError('ADDRESS_REFUSED', reason), []);
      }
      if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
