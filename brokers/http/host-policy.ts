import type { BlockList } from 'node:net';
import { isIP, isIPv4 } from 'node:net';
import { ConfigurationError } from '../../config/model/errors.js';
import { blockList, isMetadataName, listed, plainAddress, specialRange } from './address.js';

/** Where a request goes. */
export interface Place {
  /** Lower case, an IPv6 address without brackets. */
  readonly hostname: string;
  readonly port: number;
}

/**
 * Which addresses may be connected to. Public addresses may; private, loopback, link-local, shared, multicast, unspecified,
 * documentation and reserved ones only when an entry of `allowedHosts` names the host or the address. Addresses of cloud
 * metadata services need an entry that names them literally: neither a suffix, nor a block, nor a host that resolves to one will do.
 */
export class HostPolicy {
  readonly #names = new Set<string>();
  readonly #suffixes: string[] = [];
  readonly #blocks: BlockList;

  /**
   * @param allowedHosts entries `host`, `host:port`, `*.suffix`, `*.suffix:port` or CIDR blocks; see `ServiceInstance.allowedHosts`
   * @throws ConfigurationError DOCUMENT_INVALID for an entry of another form
   */
  constructor(allowedHosts: readonly string[]) {
    const blocks: string[] = [];
    for (const entry of allowedHosts.map((text) => text.trim().toLowerCase())) {
      if (isBlock(entry)) blocks.push(entry);
      else if (/^\*\.[^*/\s]+$/.test(entry)) this.#suffixes.push(entry.slice(1));
      else if (/^[^*/\s]+$/.test(entry)) this.#names.add(canonical(entry));
      else throw invalidEntry(entry);
    }
    this.#blocks = blockList(blocks);
  }

  /** Why a host must not be asked for at all, before its name is resolved; undefined when it may. */
  refusesName({ hostname, port }: Place): string | undefined {
    if (isIP(hostname) !== 0) return this.refusesAddress({ hostname, port }, hostname);
    const name = hostname.replace(/\.$/, '');
    return isMetadataName(name) && !this.#lists(name, port)
      ? refusal(hostname, 'names a cloud metadata service', name)
      : undefined;
  }

  /** Why an address that a host resolved to must not be connected to; undefined when it may. */
  refusesAddress({ hostname, port }: Place, address: string): string | undefined {
    const range = specialRange(address);
    if (range === undefined) return undefined;
    const plain = plainAddress(address);
    if (this.#lists(plain, port)) return undefined;
    const allowed = range !== 'metadata' && (this.#namesHost(hostname, port) || listed(this.#blocks, address));
    if (allowed) return undefined;
    const what = plain === hostname ? `is a ${range} address` : `has the ${range} address ${plain}`;
    return refusal(hostname, what, range === 'metadata' ? plain : hostname);
  }

  #namesHost(hostname: string, port: number): boolean {
    const name = hostname.replace(/\.$/, '');
    return (
      this.#lists(name, port) ||
      this.#suffixes.some((suffix) => name.endsWith(suffix) || `${name}:${port}`.endsWith(suffix))
    );
  }

  #lists(name: string, port: number): boolean {
    return this.#names.has(name) || this.#names.has(`${name}:${port}`);
  }
}

function refusal(hostname: string, what: string, entry: string): string {
  return `Host "${hostname}" ${what}, which is not allowed. If it is meant to be reached, add "${entry}" to allowedHosts.`;
}

function isBlock(entry: string): boolean {
  const [address = '', bits = '', ...rest] = entry.split('/');
  const most = isIPv4(address) ? 32 : 128;
  return isIP(address) !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}

/** `[::1]:8080` → `::1:8080`, the form that a lookup by host and port makes. */
function canonical(entry: string): string {
  const [, bracketed, port = ''] = /^\[([^\]]+)\](:\d+)?$/.exec(entry) ?? [];
  if (bracketed !== undefined) return plainAddress(bracketed) + port;
  return isIP(entry) === 0 ? entry : plainAddress(entry);
}

function invalidEntry(entry: string): ConfigurationError {
  return new ConfigurationError(
    'DOCUMENT_INVALID',
    `allowedHosts: "${entry}" is not a host, host:port, *.suffix or CIDR block such as 10.0.0.0/8.`,
    { fields: [{ pointer: '/allowedHosts', message: `"${entry}" is not a host, host:port, *.suffix or CIDR block` }] },
  );
}
