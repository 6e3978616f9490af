import type { ServiceKeys } from '../../../brokers/broker.js';
import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { suggestion } from '../suggestion.js';
import { UsageError } from '../usage-error.js';

/**
 * Service keys as typed at the command line, by their system names.
 *
 * A name is taken as its system name (`serviceUrl`), in kebab case (`service-url`) or as its display name (`Service URL`). A
 * value is read by its key's type: a number, true or false, or JSON where the key holds an object or a list. A key that holds
 * an object also takes one `Name: value` line each time that it is given.
 *
 * @throws UsageError
 */
export function parseKeys(pairs: readonly string[], schema: JsonSchema): Record<string, unknown> {
  const known = typeof schema === 'object' ? (schema.properties ?? {}) : {};
  const keys: Record<string, unknown> = {};
  for (const pair of pairs) {
    const split = pair.indexOf('=');
    if (split < 1) throw new UsageError(`--key ${pair}: write it as NAME=VALUE, such as descriptor=openapi.yaml.`);
    const given = pair.slice(0, split).trim();
    const name = systemName(given, known);
    if (name === undefined)
      throw new UsageError(`--key ${given}: there is no such service key.${suggestion(given, namesOf(known))}`);
    const value = typedValue(given, pair.slice(split + 1), known[name]);
    const earlier = keys[name];
    if (earlier !== undefined && !(isRecord(earlier) && isRecord(value)))
      throw new UsageError(`--key ${given}: it is given twice.`);
    keys[name] = isRecord(earlier) && isRecord(value) ? { ...earlier, ...value } : value;
  }
  return keys;
}

/** The private hosts that may be reached because the person typed them: those of URLs among the keys. */
export function typedHosts(keys: ServiceKeys): string[] {
  return Object.values(keys).flatMap((value) => {
    if (typeof value !== 'string' || !/^https?:\/\//i.test(value) || !URL.canParse(value)) return [];
    const { host, port, protocol } = new URL(value);
    return [port === '' ? `${host}:${protocol === 'https:' ? 443 : 80}` : host];
  });
}

function systemName(given: string, known: Readonly<Record<string, JsonSchema>>): string | undefined {
  const asked = folded(given);
  return Object.keys(known).find((name) => folded(name) === asked || folded(titleOf(known[name])) === asked);
}

/** Letters and digits only, in lower case: what `serviceUrl`, `service-url` and `Service URL` have in common. */
const folded = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{Nd}]/gu, '');

const titleOf = (schema: JsonSchema | undefined): string => (typeof schema === 'object' ? (schema.title ?? '') : '');

const namesOf = (known: Readonly<Record<string, JsonSchema>>): string[] =>
  Object.keys(known).map((name) => name.replace(/\p{Lu}/gu, (letter) => `-${letter.toLowerCase()}`));

function typedValue(given: string, text: string, schema: JsonSchema | undefined): unknown {
  const types = typesOf(schema);
  const number = types.has('number') || types.has('integer');
  if (number && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (types.has('boolean') && /^(true|false|yes|no)$/i.test(text)) return /^(true|yes)$/i.test(text);
  if ((types.has('object') && /^\s*\{/.test(text)) || (types.has('array') && /^\s*\[/.test(text)))
    return jsonOf(given, text);
  if (types.has('object') && !types.has('string')) return lineOf(given, text);
  if (types.has('array') && !types.has('string')) return text.split(',').map((item) => item.trim());
  return text;
}

function typesOf(schema: JsonSchema | undefined): ReadonlySet<string> {
  if (typeof schema !== 'object') return new Set();
  const alternatives = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])] as JsonSchemaObject[];
  return new Set([schema, ...alternatives].flatMap(({ type }) => type ?? []));
}

function jsonOf(given: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--key ${given}: the value is not valid JSON: ${(error as Error).message}`);
  }
}

function lineOf(given: string, text: string): Record<string, string> {
  const split = text.indexOf(':');
  if (split < 1) throw new UsageError(`--key ${given}: write the value as "Name: value", or as a JSON object.`);
  return { [text.slice(0, split).trim()]: text.slice(split + 1).trim() };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
