import type { Broker, Previewable } from '../broker.js';
import { describeRest } from './describe/index.js';
import { executeRest, previewRest } from './execute/index.js';
import { type RestKeys, restKeys } from './keys.js';

/** Services described by a Swagger 2.0 or OpenAPI 3.x document. */
export const restBroker: Broker<RestKeys> & Previewable<RestKeys> = {
  type: 'rest',
  displayName: 'REST',
  description: 'A REST service, described by a Swagger 2.0 or OpenAPI 3.x document.',
  keys: restKeys,
  describe: describeRest,
  execute: executeRest,
  preview: previewRest,
};

export type { RestKeys } from './keys.js';
