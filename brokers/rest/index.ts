import type { AdjustsLists, Broker, Previewable, PushesRange, Streaming } from '../broker.js';
import { executeRest, previewRest, pushRange, streamRest } from './execute/index.js';
import { type RestKeys, restKeys } from './keys.js';

/** Services described by a Swagger 2.0 or OpenAPI 3.x document. */
export const restBroker: Broker<RestKeys> &
  AdjustsLists &
  Previewable<RestKeys> &
  PushesRange<RestKeys> &
  Streaming<RestKeys> = {
  type: 'rest',
  displayName: 'REST',
  description: 'A REST service, described by a Swagger 2.0 or OpenAPI 3.x document.',
  keys: restKeys,
  // Calls do not need it: a server that starts, or a program that calls, does not load it.
  describe: async (keys, ctx) => (await import('./describe/index.js')).describeRest(keys, ctx),
  adjustList: async (method, change, types) => (await import('./describe/index.js')).adjustList(method, change, types),
  execute: executeRest,
  stream: streamRest,
  pushRange,
  preview: previewRest,
};

export type { RestKeys } from './keys.js';
