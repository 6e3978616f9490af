import { type ConnectOptions, connect } from './http.js';
import type { Transport } from './transport.js';

/** Where calls go: a transport, or how to reach a server. */
export type Target = Transport | ConnectOptions;

export function transportTo(target: Target): Transport {
  return 'call' in target ? target : connect(target);
}
