import type { BrokerContext, MethodResult, RequestPreview } from '../../../brokers/broker.js';
import { webServiceBroker } from '../../../brokers/soap/index.js';
import type { WebServiceKeys } from '../../../brokers/soap/keys.js';
import type { Description } from '../../../config/model/service-object.js';

/** Calls methods of a described WebService by their names. */
export function caller(description: Description, context: BrokerContext) {
  const callOf = (name: string, input: Record<string, unknown>, keys: WebServiceKeys) => {
    const object = description.serviceObjects.find(({ methods }) => methods.some((one) => one.name === name));
    const method = object?.methods.find((one) => one.name === name);
    if (object === undefined || method === undefined) throw new Error(`There is no method ${name}.`);
    return { keys, serviceObject: object.name, method, input, types: async () => description.types };
  };
  return {
    execute: (
      name: string,
      input: Record<string, unknown>,
      keys: WebServiceKeys,
      other: Partial<BrokerContext> = {},
    ): Promise<MethodResult> => webServiceBroker.execute(callOf(name, input, keys), { ...context, ...other }),
    preview: (name: string, input: Record<string, unknown>, keys: WebServiceKeys): Promise<RequestPreview> =>
      webServiceBroker.preview(callOf(name, input, keys)),
  };
}
