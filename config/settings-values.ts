import { ConfigurationError } from './model/errors.js';
import { Secret } from './model/secret.js';
import type { Settings } from './model/settings.js';

/**
 * Reads one environment variable's text.
 * @throws ConfigurationError SETTINGS_INVALID that names the variable, the fault and the remedy
 */
export type Parse<T> = (text: string, variable: string) => T;

export const invalid = (variable: string, fault: string, remedy: string): ConfigurationError =>
  new ConfigurationError('SETTINGS_INVALID', `${variable} ${fault}. ${remedy}`);

/** Items separated by commas. */
export const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Items separated by commas or spaces. */
export const words = (text: string): string[] => text.split(/[\s,]+/).filter((item) => item !== '');

export const postgresUrl: Parse<Secret> = (text, variable) => {
  if (/^postgres(ql)?:\/\//i.test(text) && URL.canParse(text)) return new Secret(text);
  // The value may carry a password, so the message does not repeat it.
  throw invalid(
    variable,
    'is not a PostgreSQL URL',
    'Write it as postgres://user:password@host:5432/database, or unset it for SQLite.',
  );
};

export const baseUrl: Parse<string> = (text, variable) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== ''
  ) {
    throw invalid(
      variable,
      `"${text}" is not the URL of a server`,
      'Write it as https://host, with a port or path if need be, and no query or fragment.',
    );
  }
  return url.href.replace(/\/+$/, '');
};

export const host: Parse<string> = (text, variable) => {
  if (/^[\w.:%-]+$/.test(text)) return text;
  throw invalid(
    variable,
    `"${text}" is not a host name or address`,
    'Write the address to listen on, such as 127.0.0.1 or 0.0.0.0.',
  );
};

export const port: Parse<number> = (text, variable) => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw invalid(variable, `"${text}" is not a port`, 'Write a number from 1 to 65535, or 0 for a free one.');
};

export const origin: Parse<string> = (text, variable) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.href.replace(/\/$/, '') === url.origin)
    return url.origin;
  throw invalid(
    variable,
    `has "${text}", which is not an origin`,
    'Write each as https://host or https://host:port, separated by commas.',
  );
};

export const allowedHost: Parse<string> = (text, variable) => {
  if (!/[/\\@?#]/.test(text.replace(/\/\d{1,3}$/, ''))) return text;
  throw invalid(
    variable,
    `has "${text}", which is not a host`,
    'Write each as host, host:port, *.suffix or a CIDR block, separated by commas.',
  );
};

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const satisfies readonly Settings['logLevel'][];

export const logLevel: Parse<Settings['logLevel']> = (text, variable) => {
  const level = logLevels.find((candidate) => candidate === text.toLowerCase());
  if (level !== undefined) return level;
  throw invalid(variable, `"${text}" is not a log level`, `Write one of ${logLevels.join(', ')}.`);
};

export const positiveInteger: Parse<number> = (text, variable) => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value > 0 && Number.isSafeInteger(value)) return value;
  throw invalid(
    variable,
    `"${text}" is not a whole number above 0`,
    'Write digits only; sizes are bytes, times are milliseconds.',
  );
};

export const wholeNumber: Parse<number> = (text, variable) => {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw invalid(variable, `"${text}" is not a whole number`, 'Write digits only.');
};

export const webhookUrl: Parse<string> = (text, variable) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.hash === '') return url.href;
  throw invalid(
    variable,
    'is not a URL that can be posted to',
    'Write it as https://host/path, without user and fragment.',
  );
};

export const webhookSecret: Parse<Secret> = (text, variable) => {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = base64 === undefined ? Buffer.byteLength(text) : Buffer.from(base64, 'base64').length;
  if (bytes >= 24) return new Secret(text);
  throw invalid(variable, 'is too short', 'Make one with: echo "whsec_$(openssl rand -base64 32)"');
};

/** Neither is of use without the other. */
export function webhookOf(url: string | undefined, secret: Secret | undefined): Settings['webhook'] {
  if (url !== undefined && secret !== undefined) return { url, secret };
  if (url === undefined && secret === undefined) return undefined;
  const missing = url === undefined ? 'SMARTWRIGHT_WEBHOOK_URL' : 'SMARTWRIGHT_WEBHOOK_SECRET';
  throw invalid(missing, 'is not set, and the other part of the webhook is', 'Set both or neither.');
}
