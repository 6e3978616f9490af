import type { Broker } from '../brokers/broker.js';
import type { Logger } from '../config/model/logger.js';
import type { Settings } from '../config/model/settings.js';
import type { OpenedStore } from '../config/store/open.js';
import type { Admin } from './admin/admin.js';
import type { Engine } from './engine/engine.js';
import type { OAuth } from './oauth/oauth.js';

/** A running installation, in process: what the server, the CLI and an embedding program stand on. */
export interface Runtime {
  readonly settings: Settings;
  readonly log: Logger;
  readonly store: OpenedStore;
  /** The service types by name. */
  readonly brokers: ReadonlyMap<string, Broker>;
  readonly oauth: OAuth;
  readonly engine: Engine;
  /** How many answers were checked against the schema that their service declares, and how many break it, since the start. */
  readonly answers: { readonly checked: number; readonly invalid: number };
  /** What happened to tokens since the start, by name: how often. */
  readonly tokenEvents: ReadonlyMap<string, number>;
  readonly admin: Admin;
  /** The URL under which people and providers reach this installation, without a trailing slash. */
  publicUrl(): string;
  /** Told by the server once it listens: the default of `publicUrl` is known only then. */
  listening(url: string): void;
  /** Calls `listener` after each change of the configuration or of a token, by this process at once, by another within a second or two. Returns how to stop. */
  onChange(listener: () => void): () => void;
  /** Ends background work and closes the store. */
  close(): Promise<void>;
}
