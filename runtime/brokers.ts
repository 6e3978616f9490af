import type { Broker } from '../brokers/broker.js';
import { brokers as builtIn } from '../brokers/index.js';
import { loadModule, moduleFault } from './load-module.js';

/**
 * The service types: those that come with Smartwright, and those of the modules named in the settings. A module exports its
 * broker as `default` or as `broker`.
 *
 * @param modules package names, or paths relative to the working folder
 * @throws ConfigurationError DOCUMENT_INVALID when a module cannot be loaded, exports no broker, or takes a type that is there
 */
export async function loadBrokers(modules: readonly string[]): Promise<ReadonlyMap<string, Broker>> {
  const brokers = new Map<string, Broker>(Object.entries(builtIn as unknown as Record<string, Broker>));
  for (const module of modules) {
    const broker = await loadModule(module, { what: 'broker', isOne: isBroker, shape });
    if (brokers.has(broker.type)) {
      throw moduleFault('broker', module, `its service type "${broker.type}" is there already`);
    }
    brokers.set(broker.type, broker);
  }
  return brokers;
}

const shape = 'an object with type, displayName, description, keys, describe and execute';

function isBroker(value: unknown): value is Broker {
  if (typeof value !== 'object' || value === null) return false;
  const { type, displayName, keys, describe, execute } = value as Partial<Broker>;
  return (
    typeof type === 'string' &&
    typeof displayName === 'string' &&
    typeof keys === 'object' &&
    typeof describe === 'function' &&
    typeof execute === 'function'
  );
}

/** The system names of a broker's secret service keys. */
export function secretKeysOf(broker: Broker | undefined): string[] {
  const keys = broker?.keys;
  if (typeof keys !== 'object') return [];
  const properties = Object.entries(keys.properties ?? {});
  return properties
    .filter(([, schema]) => typeof schema === 'object' && schema.writeOnly === true)
    .map(([name]) => name);
}
