import type { AdminDocument } from '../../../config/model/admin-document.js';
import { validateAgainst } from '../../../config/schema/index.js';
import { readSettings } from '../../../config/settings.js';
import { loadBrokers } from '../../brokers.js';

/**
 * A service instance with its service keys as the store keeps them: under their system names, defaults filled in. Other kinds,
 * and instances of a service type that is not known here, stay as they are.
 *
 * @throws ConfigurationError KEYS_INVALID
 */
export async function withServiceKeys(document: AdminDocument): Promise<AdminDocument> {
  if (document.kind !== 'ServiceInstance') return document;
  const broker = (await loadBrokers(readSettings().brokers)).get(document.type);
  if (broker === undefined) return document;
  return { ...document, keys: validateAgainst(broker.keys, document.keys, `ServiceInstance "${document.name}"`) };
}
