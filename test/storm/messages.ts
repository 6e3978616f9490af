import type { Credential } from '../../config/model/principal.js';

/** What a node process is told at its start, as JSON in its arguments. */
export interface NodeOrder {
  readonly data: string;
  readonly databaseUrl: string;
  readonly credentials: readonly Credential[];
  readonly callers: number;
}

/** From the storm to a node: call until then, milliseconds since the epoch. */
export interface Begin {
  readonly until: number;
}

/** From a node to the storm. */
export type NodeMessage =
  | { readonly type: 'ready' }
  /** The store has confirmed this token. */
  | { readonly type: 'saved'; readonly credential: Credential; readonly generation: number; readonly hash: string }
  /** Since the last such message. */
  | { readonly type: 'calls'; readonly done: number; readonly failed: Readonly<Record<string, number>> }
  | { readonly type: 'ended' };
