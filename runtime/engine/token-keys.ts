import type { ServiceKeys } from '../../brokers/broker.js';
import { ConfigurationError } from '../../config/model/errors.js';
import type { JsonSchema } from '../../config/model/json-schema.js';
import { fillTokenFields, tokenFieldsIn } from '../../config/model/token-field.js';
import { validateAgainst } from '../../config/schema/index.js';
import { fieldAt } from '../oauth/token-answer-fields.js';
import type { AccessToken } from '../oauth/token-source.js';

/** Service keys of one call, fields of its token filled in. */
export interface FilledKeys {
  readonly keys: ServiceKeys;
  /** What was filled in: not to be shown. */
  readonly filled: readonly string[];
}

/**
 * Service keys that hold fields of the token, `{token.instance_url}`. They differ from credential to credential, so they are filled in
 * for each token, once.
 */
export class TokenKeys {
  readonly #keys: ServiceKeys;
  readonly #schema: JsonSchema;
  readonly #instance: string;
  readonly #known = new WeakMap<AccessToken, FilledKeys>();

  constructor(keys: ServiceKeys, schema: JsonSchema, instance: string) {
    this.#keys = keys;
    this.#schema = schema;
    this.#instance = instance;
  }

  /** The keys for discovery: what can be done without stays out, so that a description that everybody may read needs no token. */
  get withoutToken(): ServiceKeys | undefined {
    const required = typeof this.#schema === 'object' ? (this.#schema.required ?? []) : [];
    const held = Object.keys(this.#keys).filter((name) => tokenFieldsIn(this.#keys[name]).length > 0);
    if (held.some((name) => required.includes(name))) return undefined;
    return Object.fromEntries(Object.entries(this.#keys).filter(([name]) => !held.includes(name)));
  }

  /** @throws ConfigurationError KEYS_INVALID when the token lacks a field, or holds what the key cannot be */
  fill(token: AccessToken): FilledKeys {
    const known = this.#known.get(token);
    if (known !== undefined) return known;
    const filled = new Set<string>();
    const keys = fillTokenFields(this.#keys, (name, whole, offset) => {
      const text = this.#field(token, name);
      filled.add(text);
      return this.#fitting(name, text, whole, offset);
    }) as ServiceKeys;
    const made = { keys: this.#valid(keys), filled: shownParts(filled) };
    this.#known.set(token, made);
    return made;
  }

  #field({ fields = {} }: AccessToken, name: string): string {
    const revealed = new Map(Object.entries(fields).map(([field, secret]) => [field, structure(secret.reveal())]));
    const value = fieldAt(revealed, name);
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    const has = Object.keys(fields).join(', ') || 'none';
    throw this.#invalid(`needs the token field "${name}", which the token does not have; its fields are ${has}`, name);
  }

  /** A field at the beginning may be a whole address; one inside an address is one part of it and cannot lead elsewhere. */
  #fitting(name: string, text: string, whole: string, offset: number): string {
    if (/\p{Cc}/u.test(text)) throw this.#invalid(`gets control characters from the token field "${name}"`, name);
    if (offset === 0 || !/^https?:\/\//i.test(whole)) return text;
    if (/^\.{1,2}$/.test(text)) throw this.#invalid(`gets a path from the token field "${name}" that leads up`, name);
    return encodeURIComponent(text);
  }

  /** Checked again, now that they are whole. A message of the check might show a value. */
  #valid(keys: ServiceKeys): ServiceKeys {
    try {
      return validateAgainst(this.#schema, keys, `Service instance "${this.#instance}"`);
    } catch {
      throw this.#invalid(
        'comes out as something that it cannot be, with the fields of this token filled in',
        undefined,
      );
    }
  }

  #invalid(what: string, name: string | undefined): ConfigurationError {
    const held = Object.keys(this.#keys).filter((key) => {
      const names = tokenFieldsIn(this.#keys[key]);
      return name === undefined ? names.length > 0 : names.includes(name);
    });
    return new ConfigurationError(
      'KEYS_INVALID',
      `Service instance "${this.#instance}": service key ${held.map((key) => `"${key}"`).join(', ')} ${what}. ` +
        'Compare it with what the provider answers, and connect again if the token is older than that.',
      { fields: held.map((key) => ({ pointer: `/keys/${key}`, message: what })) },
    );
  }
}

/** A field that is no text is kept as JSON. */
function structure(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The values, and the hosts in them, longest first. A value as short as `1` occurs everywhere, and says nothing. */
const shownParts = (filled: ReadonlySet<string>): readonly string[] =>
  [...filled]
    .flatMap((text) => (text.length > 3 ? [text.replace(/\/+$/, ''), ...hostsIn(text)] : []))
    .sort((a, b) => b.length - a.length);

/** As messages name them: with and without the port, an IPv6 address without its brackets. */
function hostsIn(text: string): readonly string[] {
  if (!URL.canParse(text)) return [];
  const { host, hostname } = new URL(text);
  return [host, hostname, hostname.replace(/[[\]]/g, '')].filter((name) => name !== '');
}
