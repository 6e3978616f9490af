import type { Agent } from 'undici';
import { ConfigurationError } from '../../config/model/errors.js';
import { createAgent, placeOf } from './agents.js';
import { HostPolicy } from './host-policy.js';
import type { TlsIdentity } from './tls-identity.js';

/** An origin that may be asked. */
export interface Origin {
  /** `https://api.example.com`, as URL.origin gives it. */
  readonly origin: string;
  /** `api.example.com` or `api.example.com:8443`, as URL.host gives it: no port where it is the scheme's own. */
  readonly host: string;
  /** The same with the port always named. */
  readonly hostAndPort: string;
}

/** A URL, split the way that the transport wants it. */
export interface Target {
  readonly origin: Origin;
  /** Path and query, as they go on the wire. */
  readonly path: string;
}

/** Origins remembered for each policy; beyond it they are judged anew. */
const ORIGINS = 1_000;
/** Policies that keep their connections; the oldest beyond it lets them go. */
const POLICIES = 256;

/** A URL's path and query that the URL parser would not change: no character to be escaped, no fragment, no dot segment. */
const plain = /^\/[\w!$%&()*+,\-./:;=?@[\]~|]*$/;
const dotSegment = /\/(?:\.|%2e)/i;

/** One host policy and TLS identity with their connections and the origins it has judged. */
export class Gate {
  readonly #policy: HostPolicy;
  readonly #origins = new Map<string, Origin>();
  readonly #identity: TlsIdentity | undefined;
  #agent: Agent | undefined;

  constructor(allowedHosts: readonly string[], identity: TlsIdentity | undefined) {
    this.#policy = new HostPolicy(allowedHosts);
    this.#identity = identity;
  }

  /** The connections, made when first asked for. */
  get agent(): Agent {
    this.#agent ??= createAgent(this.#policy, this.#identity);
    return this.#agent;
  }

  /** Whether its connections have been closed; another one must be made then. */
  get closed(): boolean {
    return this.#agent !== undefined && (this.#agent.closed || this.#agent.destroyed);
  }

  /** Lets the connections go, once the requests under way have ended. */
  async close(): Promise<void> {
    await this.#agent?.close();
  }

  /**
   * Splits a URL and checks that its host may be asked.
   *
   * @throws ConfigurationError ADDRESS_REFUSED
   */
  target(url: string): Target {
    const end = url.indexOf('/', 8);
    const known = end === -1 ? undefined : this.#origins.get(url.slice(0, end));
    if (known !== undefined) {
      const path = url.slice(end);
      if (plain.test(path) && !dotSegment.test(path)) return { origin: known, path };
    }
    return this.#judge(url);
  }

  #judge(text: string): Target {
    const url = parse(text);
    if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
      const shown = text.replace(/[?#].*$/s, '').slice(0, 200);
      throw new ConfigurationError('ADDRESS_REFUSED', `"${shown}" is not an absolute http: or https: URL.`);
    }
    if (url.username !== '' || url.password !== '') {
      const message = `The URL of host "${url.host}" carries a user name or password; set the authentication instead.`;
      throw new ConfigurationError('ADDRESS_REFUSED', message);
    }
    const place = placeOf(url);
    const refused = this.#policy.refusesName(place);
    if (refused !== undefined) throw new ConfigurationError('ADDRESS_REFUSED', refused);
    const origin = { origin: url.origin, host: url.host, hostAndPort: `${url.hostname}:${place.port}` };
    if (this.#origins.size < ORIGINS) this.#origins.set(url.origin, origin);
    return { origin, path: url.pathname + url.search };
  }
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

const byEntries = new Map<string, Gate>();
const byList = new WeakMap<readonly string[], Map<string, Gate>>();

/**
 * The gate for a list of allowed hosts and a TLS identity: the same one for the same entries, so that its connections are shared.
 *
 * @throws ConfigurationError DOCUMENT_INVALID for an entry that is none
 */
export function gateFor(allowedHosts: readonly string[], identity?: TlsIdentity): Gate {
  const id = identity?.id ?? '';
  const known = byList.get(allowedHosts)?.get(id);
  if (known !== undefined && !known.closed) return known;
  const key = `${[...allowedHosts].sort().join(' ')}\n${id}`;
  let gate = byEntries.get(key);
  if (gate === undefined || gate.closed) {
    gate = new Gate(allowedHosts, identity);
    byEntries.set(key, gate);
    letGoOfOldest();
  }
  const ofList = byList.get(allowedHosts) ?? new Map<string, Gate>();
  byList.set(allowedHosts, ofList.set(id, gate));
  return gate;
}

function letGoOfOldest(): void {
  const [oldest] = byEntries;
  if (oldest === undefined || byEntries.size <= POLICIES) return;
  byEntries.delete(oldest[0]);
  // Requests under way end first; it never rejects.
  void oldest[1].close();
}

/** Closes all connections once the requests under way have ended. For the end of a process; later requests connect anew. */
export async function closeUpstreams(): Promise<void> {
  const gates = [...byEntries.values()];
  byEntries.clear();
  await Promise.all(gates.map((gate) => gate.close()));
}
