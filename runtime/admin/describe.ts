import { CallerError } from '../../config/model/errors.js';
import type { Principal } from '../../config/model/principal.js';
import type { Description } from '../../config/model/service-object.js';
import type { SmartObject } from '../../config/model/smart-object.js';
import type { Connection } from '../engine/connection.js';
import type { DescribeOptions } from './admin.js';
import { givenNames } from './given-names.js';

/** What discovery found on an instance, and the SmartObjects that follow from it. */
export interface Described {
  readonly instance: string;
  readonly description: Description;
  readonly smartObjects: readonly SmartObject[];
}

/**
 * Discovers the service objects of an instance and derives its SmartObjects. Nothing is saved.
 *
 * @param former the stored description; what has a name there keeps it
 */
export async function describeInstance(
  connection: Connection,
  former: Description | undefined,
  actor: Principal,
  { signal = new AbortController().signal, progress }: DescribeOptions,
): Promise<Described> {
  const { instance, broker, keys, log, descriptorBytes } = connection;
  progress?.(`Reading the description of ${instance.displayName ?? instance.name}`);
  const http = connection.discovery(actor, signal);
  const description = await broker.describe(keys, {
    http,
    signal,
    log,
    descriptorBytes,
    ...(former === undefined ? {} : { names: givenNames(former) }),
  });
  if (signal.aborted) throw new CallerError('CANCELLED', 'Discovery was cancelled; nothing was saved.');
  progress?.(`Deriving SmartObjects from ${description.serviceObjects.length} service objects`);
  const { deriveSmartObjects } = await import('../../codegen/index.js');
  const smartObjects = deriveSmartObjects(
    { name: instance.name, displayName: instance.displayName ?? instance.name },
    description,
  );
  return { instance: instance.name, description, smartObjects };
}
