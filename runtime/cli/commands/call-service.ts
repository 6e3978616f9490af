import { isPreviewable, type MethodCall, type MethodResult, type RequestPreview } from '../../../brokers/broker.js';
import { ConfigurationError } from '../../../config/model/errors.js';
import type { TypeMap } from '../../../config/model/json-schema.js';
import type { ServiceMethod } from '../../../config/model/service-object.js';
import type { ServiceOptions } from '../options.js';
import type { Session } from '../run.js';
import { openService } from '../service/direct-service.js';
import { named, splitMethodName } from '../service/select-method.js';

/** What a call without a server and a store came to: the result, or the request that would have been sent. */
export type ServiceCallOutcome = { readonly result: MethodResult } | { readonly request: RequestPreview };

/** Calls a method of a service on its description alone. */
export async function callService(
  name: string,
  given: Readonly<Record<string, unknown>>,
  options: ServiceOptions & { readonly dryRun?: boolean; readonly flat?: boolean },
  session: Session,
): Promise<ServiceCallOutcome> {
  const [objectName, methodName] = splitMethodName(name);
  const service = await openService(options, session);
  const description = await service.describe([objectName]);
  const known = description.serviceObjects.some(({ name }) => name.toLowerCase() === objectName.toLowerCase());
  const { serviceObjects } = known ? description : await service.describe();
  const object = named(serviceObjects, objectName, 'service object');
  const method = named(object.methods, methodName, 'method', object.name);
  const shape = options.flat === true ? 'flat' : undefined;
  const { bindInput, compileBinding } = await import('../../engine/bind-input.js');
  const { callableInput, executeMethod } = await import('../../engine/list.js');
  const smartCall = { object: object.name, method: method.name, input: given, shape } as const;
  const input = bindInput(compileBinding(callableInput(method), description.types), smartCall);
  const types = async () => description.types;
  const call: MethodCall = { keys: service.keys, serviceObject: object.name, method, types, input };
  const { broker, headers } = service;
  if (options.dryRun !== true) {
    const result = await executeMethod(broker, call, service.context(description));
    return { result: shape === undefined ? result : await flattened(result, method, description.types) };
  }
  if (!isPreviewable(broker)) {
    throw new ConfigurationError(
      'KEYS_INVALID',
      `Service type "${broker.type}" cannot show a request without sending it.`,
    );
  }
  const request = await broker.preview(call);
  return { request: { ...request, headers: { ...request.headers, ...headers } } };
}

async function flattened(result: MethodResult, { output }: ServiceMethod, types: TypeMap): Promise<MethodResult> {
  const { flatShape } = await import('../../../config/model/flat-property.js');
  const { flattenResult } = await import('../../engine/flat-result.js');
  return flattenResult(result, flatShape(output, types));
}
