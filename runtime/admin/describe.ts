import { CallerError } from '../../config/model/errors.js';
import type { Principal } from '../../config/model/principal.js';
import type { ServiceInstance } from '../../config/model/service-instance.js';
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

export interface NewOverlay {
  /** Whether the overlay is only now put on the instance: one that does not fit is refused then. Default false. */
  readonly newOverlay?: boolean;
}

/**
 * Discovers the service objects of an instance, applies its overlay, and derives its SmartObjects. Nothing is saved.
 *
 * @param former the stored description; what has a name there keeps it
 * @throws ConfigurationError DOCUMENT_INVALID when a new overlay does not fit
 */
export async function describeInstance(
  connection: Connection,
  former: Description | undefined,
  actor: Principal,
  { signal = new AbortController().signal, progress, newOverlay = false }: DescribeOptions & NewOverlay,
): Promise<Described> {
  const { instance, broker, log, descriptorBytes } = connection;
  progress?.(`Reading the description of ${instance.displayName ?? instance.name}`);
  const { keys, http } = await connection.forDiscovery(actor, signal);
  const found = await broker.describe(keys, {
    http,
    signal,
    log,
    descriptorBytes,
    ...(former === undefined ? {} : { names: givenNames(former) }),
  });
  if (signal.aborted) throw new CallerError('CANCELLED', 'Discovery was cancelled; nothing was saved.');
  const description = await overlaid(found, connection, newOverlay);
  progress?.(`Deriving SmartObjects from ${description.serviceObjects.length} service objects`);
  return withSmartObjects(instance, description);
}

/** A description of an instance with the SmartObjects that follow from it. */
export async function withSmartObjects(instance: ServiceInstance, description: Description): Promise<Described> {
  const { name, displayName = name } = instance;
  const { deriveSmartObjects } = await import('../../codegen/index.js');
  return { instance: name, description, smartObjects: deriveSmartObjects({ name, displayName }, description) };
}

/** An overlay that has been there before and no longer fits is told of by diagnostics: the rest of it stays in force. */
async function overlaid(
  description: Description,
  { instance, broker }: Connection,
  newOverlay: boolean,
): Promise<Description> {
  if (instance.overlay === undefined) return description;
  const { applyOverlay, overlayDiagnostic, refuseOverlay } = await import('../overlay/index.js');
  const { description: result, faults } = await applyOverlay(description, instance.overlay, broker);
  if (newOverlay) refuseOverlay(faults, `Service instance "${instance.name}"`, ['overlay']);
  return { ...result, diagnostics: [...result.diagnostics, ...faults.map(overlayDiagnostic)] };
}
