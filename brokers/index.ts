import { restBroker } from './rest/index.js';
import { sharePointBroker } from './sharepoint/index.js';
import { wcfBroker, webServiceBroker } from './soap/index.js';

/** The service types that come with the product, by name. */
export const brokers = {
  rest: restBroker,
  webservice: webServiceBroker,
  wcf: wcfBroker,
  sharepoint: sharePointBroker,
} as const;

export * from '../config/model/index.js';
export * from './broker.js';
export type { Upstream, UpstreamRequest, UpstreamResponse } from './http/upstream.js';
