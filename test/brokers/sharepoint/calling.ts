import type { BrokerContext, MethodCall, ServiceKeys } from '../../../brokers/broker.js';
import type { UpstreamOptions } from '../../../brokers/http/index.js';
import { createUpstream } from '../../../brokers/http/index.js';
import { sharePointBroker } from '../../../brokers/sharepoint/index.js';
import type { SharePointKeys } from '../../../brokers/sharepoint/keys.js';
import { isSmartwrightError, type SmartwrightError } from '../../../config/model/errors.js';
import type { Description } from '../../../config/model/service-object.js';

const nothing = () => undefined;

/** A context that reaches this machine. */
export function contextFor(options: UpstreamOptions = {}): BrokerContext {
  return {
    http: createUpstream({ allowedHosts: ['127.0.0.0/8'], maxRetryAfter: 0, ...options }),
    signal: options.signal ?? new AbortController().signal,
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  };
}

/** A call of `Orders.List` and the like. */
export function callOf(
  description: Description,
  name: string,
  input: MethodCall['input'],
  keys: ServiceKeys,
): MethodCall<SharePointKeys> {
  const [objectName, methodName] = name.split('.');
  const object = description.serviceObjects.find((one) => one.name === objectName);
  const method = object?.methods.find((one) => one.name === methodName);
  if (object === undefined || method === undefined) throw new Error(`There is no ${name}.`);
  const types = async () => description.types;
  return { keys: keys as SharePointKeys, serviceObject: object.name, method, input, types };
}

/** Calls methods of one site. */
export async function clientOf(siteUrl: string, more: Partial<SharePointKeys> = {}, ctx = contextFor()) {
  const keys = { siteUrl, timeout: 5, ...more };
  const description = await sharePointBroker.describe(keys, ctx);
  const call = (name: string, input: MethodCall['input'] = {}) => callOf(description, name, input, keys);
  return {
    description,
    call,
    run: (name: string, input: MethodCall['input'] = {}, context = ctx) =>
      sharePointBroker.execute(call(name, input), context),
    stream: (name: string, input: MethodCall['input'] = {}, context = ctx) =>
      sharePointBroker.stream(call(name, input), context),
  };
}

/** Runs a call that must fail, and gives its error. */
export async function failure(calling: Promise<unknown>): Promise<SmartwrightError> {
  const error = await calling.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isSmartwrightError(error)) throw new Error(`It failed with ${String(error)}, which is none of ours.`);
  return error;
}
