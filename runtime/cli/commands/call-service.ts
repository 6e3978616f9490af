import { isPreviewable, type MethodCall, type MethodResult, type RequestPreview } from '../../../brokers/broker.js';
import { CallerError, ConfigurationError } from '../../../config/model/errors.js';
import type { JsonSchema, TypeMap } from '../../../config/model/json-schema.js';
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
  input: Readonly<Record<string, unknown>>,
  options: ServiceOptions & { readonly dryRun?: boolean },
  session: Session,
): Promise<ServiceCallOutcome> {
  const [objectName, methodName] = splitMethodName(name);
  const service = await openService(options, session);
  const description = await service.describe();
  const object = named(description.serviceObjects, objectName, 'service object');
  const method = named(object.methods, methodName, `method of ${object.name}`);
  await checkInput(`${object.name}.${method.name}`, input, method, description.types);
  const call: MethodCall = { keys: service.keys, serviceObject: object.name, method, input };
  const { broker, headers } = service;
  if (options.dryRun !== true) return { result: await broker.execute(call, service.context(description)) };
  if (!isPreviewable(broker)) {
    throw new ConfigurationError(
      'KEYS_INVALID',
      `Service type "${broker.type}" cannot show a request without sending it.`,
    );
  }
  const request = await broker.preview(call);
  return { request: { ...request, headers: { ...request.headers, ...headers } } };
}

async function checkInput(name: string, input: object, method: ServiceMethod, types: TypeMap): Promise<void> {
  const { compileInput } = await import('../../engine/validate.js');
  const faults = compileInput(withCursor(method), types)(input);
  if (faults.length === 0) return;
  throw new CallerError('INPUT_INVALID', `The input of ${name} is not valid.`, { fields: faults });
}

/** The input of a list that pages also takes the cursor of a page. */
function withCursor({ input, paged }: ServiceMethod): JsonSchema {
  if (paged !== true || typeof input === 'boolean') return input;
  return { ...input, properties: { ...input.properties, $next: { type: 'string' } } };
}
