import type { GivenName, GivenNames } from '../../brokers/broker.js';
import type { Description } from '../../config/model/service-object.js';

/** The names that a discovery gave, before an overlay gave others. */
export function givenNames({ serviceObjects }: Description): GivenNames {
  const names = new Map<string, GivenName>();
  for (const { name: serviceObject, methods } of serviceObjects) {
    for (const { name: method, origin } of methods)
      if (origin !== undefined) names.set(origin.operation, origin.named ?? { serviceObject, method });
  }
  return names;
}
