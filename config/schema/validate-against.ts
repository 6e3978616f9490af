import type { FieldError } from '../model/errors.js';
import { jsonPointer, pointerPath } from '../model/json-pointer.js';
import type { JsonSchema } from '../model/json-schema.js';
import { words } from '../model/names.js';
import { isStoredSecret } from '../model/stored-secret.js';
import { tokenFieldsIn } from '../model/token-field.js';
import { nearest } from './nearest.js';
import { refuseFaults } from './refuse.js';
import { keysCheck } from './validator.js';

/**
 * Checks service keys against a broker's `keys` schema. Keys may be named by system name, in kebab case or by display name
 * (the schema's `title`); the result has system names, and the schema's defaults for what is missing. Values are taken as
 * they are: nothing is converted. A `StoredSecret` marker passes where the schema says `writeOnly`; a value that a token's field is
 * still to be filled into, `{token.instance_url}`, passes until then.
 *
 * @param what whose keys they are, such as `Service instance "CRM"`
 * @throws ConfigurationError KEYS_INVALID; `fields` has every fault
 */
export function validateAgainst(schema: JsonSchema, value: unknown, what: string): Record<string, unknown> {
  const properties = typeof schema === 'object' ? (schema.properties ?? {}) : {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuseFaults('KEYS_INVALID', what, value, [
      { pointer: '', message: 'service keys are an object of names and values' },
    ]);
  }
  const { keys, faults } = systemNames(properties, Object.entries(value as object), schema);
  refuseFaults('KEYS_INVALID', what, keys, faults);

  const markers = storedSecrets(properties, keys);
  const filled: Record<string, unknown> = structuredClone(keys);
  // A marker stands for a value that was valid when it was stored; the schema need not know markers.
  const check = keysCheck(schema);
  const open = new Set(Object.keys(keys).filter((name) => tokenFieldsIn(keys[name]).length > 0));
  const found = check(filled).filter(({ pointer }) => {
    const name = pointerPath(pointer)[0] ?? '';
    return !markers.has(name) && !open.has(name);
  });
  refuseFaults('KEYS_INVALID', what, filled, found);
  return filled;
}

type Properties = Readonly<Record<string, JsonSchema>>;

function systemNames(properties: Properties, given: readonly [string, unknown][], schema: JsonSchema) {
  const byName = new Map<string, string>();
  for (const [name, property] of Object.entries(properties)) {
    if (typeof property === 'object' && property.title !== undefined) byName.set(folded(property.title), name);
  }
  for (const name of Object.keys(properties)) byName.set(folded(name), name);
  const open =
    typeof schema === 'object' && schema.additionalProperties !== undefined && schema.additionalProperties !== false;

  const keys: Record<string, unknown> = {};
  const faults: FieldError[] = [];
  for (const [name, value] of given) {
    const pointer = jsonPointer([name]);
    const known = byName.get(folded(name)) ?? (open ? name : undefined);
    if (known === undefined) faults.push({ pointer, message: unknownKey(name, properties) });
    else if (Object.hasOwn(keys, known))
      faults.push({ pointer, message: `service key "${known}" is given twice; remove one` });
    else if (value !== undefined) keys[known] = value;
  }
  return { keys, faults };
}

/** The words of a name, so that `serviceUrl`, `service-url` and `Service URL` are one. */
const folded = (name: string): string => words(name).join(' ').toLowerCase();

function unknownKey(name: string, properties: Properties): string {
  const known = Object.keys(properties);
  const [meant] = nearest(name, known);
  const hint = meant === undefined ? `there are ${known.join(', ') || 'none'}` : `did you mean "${meant}"?`;
  return `there is no service key "${name}"; ${hint}`;
}

/** The keys that a stored secret stands for. */
function storedSecrets(properties: Properties, keys: Readonly<Record<string, unknown>>): Set<string> {
  const names = Object.keys(keys).filter((name) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return isStoredSecret(keys[name]) && typeof property === 'object' && property.writeOnly === true;
  });
  return new Set(names);
}
