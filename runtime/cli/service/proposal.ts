import type { ConnectionProposal } from '../../../config/model/connection-proposal.js';
import { CallerError } from '../../../config/model/errors.js';
import type { JsonSchema } from '../../../config/model/json-schema.js';
import { camelCase, isSystemName } from '../../../config/model/names.js';
import type { ServiceInstance } from '../../../config/model/service-instance.js';
import { proposeConnection } from '../../proposal/propose-connection.js';
import type { Installation } from '../installation/installation.js';
import type { ServiceOptions } from '../options.js';
import type { Session } from '../run.js';
import { UsageError } from '../usage-error.js';
import { openService } from './direct-service.js';
import { named } from './select-method.js';

/** How a service that is named by `--type` and `--key` could be connected. The keys stand as they were typed. */
export async function proposeService(
  options: ServiceOptions & { readonly name?: string },
  session: Session,
): Promise<ConnectionProposal> {
  if (options.name !== undefined && !isSystemName(options.name))
    throw new UsageError(
      `--name ${options.name}: a system name has letters, digits and underscores, no leading digit.`,
    );
  const service = await openService(options, session);
  const description = await service.describe();
  const { title } = description;
  const instance: ServiceInstance = {
    kind: 'ServiceInstance',
    name: options.name ?? camelCase(title ?? service.broker.type),
    ...(title === undefined ? {} : { displayName: title.slice(0, 200) }),
    type: service.broker.type,
    authentication: { mode: 'none' },
    keys: service.typed,
    ...(options.allowHost.length > 0 ? { allowedHosts: options.allowHost } : {}),
  };
  return proposeConnection(instance, description.security ?? [], secretKeys(service.broker.keys));
}

/** How a stored instance could authenticate, by its last discovery. */
export async function proposeInstalled(name: string, installation: Installation): Promise<ConnectionProposal> {
  const instance = named(await installation.documentsOf('ServiceInstance'), name, 'service instance');
  const summary = await installation.summary(instance.name);
  if (summary === undefined) throw new CallerError('NOT_FOUND', `"${instance.name}" has not been discovered yet.`);
  return proposeConnection(instance, summary.security ?? []);
}

const secretKeys = (schema: JsonSchema): string[] =>
  Object.entries((typeof schema === 'object' ? schema.properties : undefined) ?? {})
    .filter(([, key]) => typeof key === 'object' && key.writeOnly === true)
    .map(([name]) => name);
