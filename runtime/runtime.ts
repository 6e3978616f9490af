import type { Broker } from '../brokers/broker.js';
import type { Logger } from '../config/model/logger.js';
import type { Settings } from '../config/model/settings.js';
import type { Store } from '../config/store/store.js';
import type { Admin } from './admin/admin.js';
import type { Engine } from './engine/engine.js';
import type { OAuth } from './oauth/oauth.js';

/** A running installation, in process: what the server, the CLI and an embedding program stand on. */
export interface Runtime {
  readonly settings: Settings;
  readonly log: Logger;
  readonly store: Store;
  /** The service types by name. */
  readonly brokers: ReadonlyMap<string, Broker>;
  readonly oauth: OAuth;
  readonly engine: Engine;
  readonly admin: Admin;
  /** Ends background work and closes the store. */
  close(): Promise<void>;
}
