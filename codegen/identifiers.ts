import { camelCase, pascalCase, words } from '../config/model/names.js';

/** Names that the client library gives to generated modules. */
export const clientNames = [
  'FileValue',
  'Int64',
  'ListMethod',
  'Method',
  'NoInput',
  'Target',
  'Transport',
  'listMethod',
  'method',
  'transportTo',
] as const;

/** What ECMAScript and TypeScript reserve, and the parameters of generated functions. */
const reservedValues = new Set(
  (
    'arguments async await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected public ' +
    'return static super switch this throw true try typeof undefined var void while with yield target transport globalThis ' +
    'Infinity NaN'
  ).split(' '),
);

/** Global types that a reader knows under their names; a generated type does not take one over. */
const reservedTypes = new Set(
  (
    'AbortSignal Array ArrayBuffer AsyncGenerator AsyncIterable Awaited BigInt Blob Boolean Buffer DataView Date Error Event ' +
    'Exclude Extract File FormData Function Generator Headers Infinity Intl Iterable Iterator JSON Map Math NaN NonNullable ' +
    'Number Object Omit Parameters Partial Pick Problem Promise Proxy Readonly ReadonlyArray Record Reflect RegExp Request ' +
    'Required Response ReturnType Set String Symbol Uint8Array URL WeakMap WeakSet'
  ).split(' '),
);

/** Gives out the identifiers of a library: each stands for one thing in all of its modules. */
export class Identifiers {
  readonly #taken = new Set<string>(clientNames);

  /** `contact-address` → `ContactAddress`. A name that is an identifier already is kept. */
  type(name: string): string {
    const wanted = /^\p{Lu}[\p{L}\p{Nd}]*$/u.test(name) ? name : capitalised(pascalCase(name));
    return this.#take(reservedTypes.has(wanted) || reservedValues.has(wanted) ? `${wanted}Type` : wanted);
  }

  /** `Contact Address` → `contactAddress`. */
  value(name: string): string {
    const wanted = camelCase(name);
    return this.#take(reservedValues.has(wanted) || this.#taken.has(wanted) ? `${wanted}_` : wanted);
  }

  #take(wanted: string): string {
    let name = wanted;
    for (let n = 2; this.#taken.has(name); n++) name = `${wanted}${/\p{Nd}$/u.test(wanted) ? '_' : ''}${n}`;
    this.#taken.add(name);
    return name;
  }
}

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Names that Windows keeps for devices. */
const devices = /^(?:aux|con|nul|prn|com\d|lpt\d)$/;

/** `ContactAddress` → `contact-address`, fit for a file on every system. */
export function fileName(name: string): string {
  const joined = words(name).join('-').toLowerCase().slice(0, 80) || '_';
  return devices.test(joined) ? `${joined}_` : joined;
}
