import type { Broker } from '../../../brokers/broker.js';
import type { Settings } from '../../../config/model/settings.js';
import { loadBrokers } from '../../brokers.js';
import { suggestion } from '../suggestion.js';
import { UsageError } from '../usage-error.js';

/** The broker of a service type, ours or one of a module that the settings name. @throws UsageError when there is none */
export async function findBroker(type: string, settings: Settings): Promise<Broker> {
  const brokers = await loadBrokers(settings.brokers);
  const found = brokers.get(type) ?? brokers.get(type.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`--type ${type}: there is no such service type.${suggestion(type, [...brokers.keys()])}`);
}
