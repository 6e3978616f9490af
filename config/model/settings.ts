import type { Logger } from './logger.js';
import type { Secret } from './secret.js';

/** What an operator decides. `config/settings.ts` reads it from the environment; a program that embeds the runtime gives its own. */
export interface Settings {
  /** The data folder: the SQLite file and the key file. Made when missing. Default `./.smartwright`. `SMARTWRIGHT_DATA`. */
  readonly data: string;
  /** A `postgres:` URL; absent: SQLite in the data folder. `SMARTWRIGHT_DATABASE_URL`. */
  readonly databaseUrl?: Secret;
  /** Default 127.0.0.1. `SMARTWRIGHT_HOST`. */
  readonly host: string;
  /** Default 8085; 0 takes a free one. `SMARTWRIGHT_PORT`. */
  readonly port: number;
  /**
   * The URL under which people and providers reach the server; redirect URIs are made from it and from nothing else. Default
   * `http://localhost:{port}`. `SMARTWRIGHT_PUBLIC_URL`.
   */
  readonly publicUrl?: string;
  /**
   * Master keys, newest first: `{ id, key }` with 32 bytes each. Absent: the key file in the data folder.
   * `SMARTWRIGHT_MASTER_KEY`, as `id:base64` separated by commas.
   */
  readonly masterKeys?: readonly MasterKey[];
  /** Origins of pages that may call the API with a person's session and be told of a consent. `SMARTWRIGHT_ALLOWED_ORIGINS`. */
  readonly allowedOrigins: readonly string[];
  /** Private hosts that any instance or resource may reach; see `ServiceInstance.allowedHosts`. `SMARTWRIGHT_ALLOWED_HOSTS`. */
  readonly allowedHosts: readonly string[];
  /** Broker modules from outside: package names or paths. `SMARTWRIGHT_BROKERS`. */
  readonly brokers: readonly string[];
  /** OAuth extension modules from outside: package names or paths. `SMARTWRIGHT_EXTENSIONS`. */
  readonly extensions: readonly string[];
  /** Told when a token needs its person, and when it does no longer. `SMARTWRIGHT_WEBHOOK_URL`, `SMARTWRIGHT_WEBHOOK_SECRET`. */
  readonly webhook?: Webhook;
  readonly limits: Limits;
  /** Default info. `SMARTWRIGHT_LOG`. */
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Default: pino to stderr. */
  readonly log?: Logger;
}

export interface Webhook {
  readonly url: string;
  /** What deliveries are signed with: `whsec_` and the key in base64, or another text of at least 24 characters. */
  readonly secret: Secret;
}

export interface MasterKey {
  readonly id: string;
  readonly key: Secret;
}

export interface Limits {
  /** Largest request body that the API accepts, bytes; default 16 MiB. */
  readonly requestBytes: number;
  /** Largest answer accepted from a service, bytes; default 32 MiB. */
  readonly answerBytes: number;
  /** Largest file passed on from a service as a stream, which is never held in memory, bytes; default 4 GiB. */
  readonly streamBytes: number;
  /** Largest descriptor, all its files together, bytes; default 128 MiB. */
  readonly descriptorBytes: number;
  /** Deadline of a call to a service, milliseconds; default 30,000. */
  readonly upstreamTimeout: number;
  /** Time for calls under way to end when the server stops, milliseconds; default 10,000. */
  readonly shutdownTimeout: number;
  /** Recent calls that are remembered; 0: none; default 20,000. `SMARTWRIGHT_RECENT_CALLS`. */
  readonly recentCalls: number;
  /** Days that a recent call is remembered; default 30. `SMARTWRIGHT_RECENT_CALL_DAYS`. */
  readonly recentCallDays: number;
}
