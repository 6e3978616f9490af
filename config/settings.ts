import type { Limits, Settings } from './model/settings.js';
import {
  allowedHost,
  baseUrl,
  host,
  invalid,
  list,
  logLevel,
  origin,
  type Parse,
  port,
  positiveInteger,
  postgresUrl,
  webhookOf,
  webhookSecret,
  webhookUrl,
  wholeNumber,
  words,
} from './settings-values.js';
import { parseMasterKeys } from './store/master-keys.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that a program or a command line gives; each wins over its environment variable. */
export type SettingsOverrides = Partial<Omit<Settings, 'limits'>> & { readonly limits?: Partial<Limits> };

interface LimitSetting {
  readonly variable: string;
  readonly fallback: number;
  /** Default: a whole number above 0. */
  readonly parse?: Parse<number>;
}

/** Each limit's environment variable and default; see `Limits` for the units. */
const limits = {
  requestBytes: { variable: 'SMARTWRIGHT_REQUEST_BYTES', fallback: 16 * 1024 * 1024 },
  answerBytes: { variable: 'SMARTWRIGHT_ANSWER_BYTES', fallback: 32 * 1024 * 1024 },
  streamBytes: { variable: 'SMARTWRIGHT_STREAM_BYTES', fallback: 4 * 1024 ** 3 },
  descriptorBytes: { variable: 'SMARTWRIGHT_DESCRIPTOR_BYTES', fallback: 128 * 1024 * 1024 },
  upstreamTimeout: { variable: 'SMARTWRIGHT_UPSTREAM_TIMEOUT', fallback: 30_000 },
  shutdownTimeout: { variable: 'SMARTWRIGHT_SHUTDOWN_TIMEOUT', fallback: 10_000 },
  recentCalls: { variable: 'SMARTWRIGHT_RECENT_CALLS', fallback: 20_000, parse: wholeNumber },
  recentCallDays: { variable: 'SMARTWRIGHT_RECENT_CALL_DAYS', fallback: 30 },
} as const satisfies Record<keyof Limits, LimitSetting>;

/**
 * Reads what the operator decided. This is the only place that reads the environment.
 *
 * @param overrides given values, which win; an override that is undefined counts as not given
 * @throws ConfigurationError SETTINGS_INVALID that names the variable, the fault and the remedy
 */
export function readSettings(environment: Environment = process.env, overrides: SettingsOverrides = {}): Settings {
  const read = reader(environment);
  const databaseUrl = read('SMARTWRIGHT_DATABASE_URL', postgresUrl);
  const publicUrl = read('SMARTWRIGHT_PUBLIC_URL', baseUrl);
  const masterKeys = read('SMARTWRIGHT_MASTER_KEY', (text, variable) => parseMasterKeys(text, variable));
  const webhook = webhookOf(
    read('SMARTWRIGHT_WEBHOOK_URL', webhookUrl),
    read('SMARTWRIGHT_WEBHOOK_SECRET', webhookSecret),
  );
  const settings: Settings = {
    data: read('SMARTWRIGHT_DATA', (text) => text) ?? './.smartwright',
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    host: read('SMARTWRIGHT_HOST', host) ?? '127.0.0.1',
    port: read('SMARTWRIGHT_PORT', port) ?? 8085,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(masterKeys === undefined ? {} : { masterKeys }),
    ...(webhook === undefined ? {} : { webhook }),
    allowedOrigins:
      read('SMARTWRIGHT_ALLOWED_ORIGINS', (text, variable) => words(text).map((item) => origin(item, variable))) ?? [],
    allowedHosts:
      read('SMARTWRIGHT_ALLOWED_HOSTS', (text, variable) => words(text).map((item) => allowedHost(item, variable))) ??
      [],
    brokers: read('SMARTWRIGHT_BROKERS', list) ?? [],
    extensions: read('SMARTWRIGHT_EXTENSIONS', list) ?? [],
    logLevel: read('SMARTWRIGHT_LOG', logLevel) ?? 'info',
    limits: {
      requestBytes: limit('requestBytes'),
      answerBytes: limit('answerBytes'),
      streamBytes: limit('streamBytes'),
      descriptorBytes: limit('descriptorBytes'),
      upstreamTimeout: limit('upstreamTimeout'),
      shutdownTimeout: limit('shutdownTimeout'),
      recentCalls: limit('recentCalls'),
      recentCallDays: limit('recentCallDays'),
    },
  };
  const { limits: givenLimits = {}, ...given } = overrides;
  return { ...settings, ...defined(given), limits: { ...settings.limits, ...defined(givenLimits) } };

  function limit(name: keyof Limits): number {
    const { variable, fallback, parse = positiveInteger }: LimitSetting = limits[name];
    return read(variable, parse) ?? fallback;
  }
}

/** The settings of a program that embeds the runtime: what it gives, and defaults for the rest. Reads no environment. */
export function completeSettings(given: SettingsOverrides = {}): Settings {
  return readSettings({}, given);
}

/**
 * The value of an environment variable that a document refers to as `${env:NAME}`.
 * @throws ConfigurationError SETTINGS_INVALID when it is not set
 */
export function environmentValue(name: string, environment: Environment = process.env): string {
  const value = environment[name];
  if (value === undefined) throw invalid(name, `is not set, and a document refers to it as \${env:${name}}`, 'Set it.');
  return value;
}

/** An empty variable counts as one that is not set. */
function reader(environment: Environment) {
  return <T>(variable: string, parse: Parse<T>): T | undefined => {
    const text = environment[variable]?.trim();
    return text === undefined || text === '' ? undefined : parse(text, variable);
  };
}

function defined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
