/**
 * System names and display names. A system name is a Unicode identifier (UAX #31) without `$`, safe in URLs, in code and as a
 * property key; a display name is what a person reads.
 */

/** What a system name looks like. At most 100 characters. */
export const systemNamePattern = '^[\\p{L}_][\\p{L}\\p{Nd}_]{0,99}$';
const systemName = new RegExp(systemNamePattern, 'u');

/** Names that would reach into an object's prototype. */
const unsafe = new Set([
  '__proto__',
  'constructor',
  'prototype',
  'hasownproperty',
  'tostring',
  'valueof',
  'tojson',
  'then',
]);

export function isSystemName(text: string): boolean {
  return systemName.test(text) && !unsafe.has(text.toLowerCase());
}

/** The words of a name: split at case changes, digits after letters kept, everything that is no letter or digit dropped. */
export function words(text: string): string[] {
  if (/^[a-z]+$/.test(text)) return [text];
  // Most names are ASCII, for which the expressions are far cheaper.
  if (ASCII.test(text)) return split(text, /([a-z0-9])([A-Z])/g, /([A-Z]+)([A-Z][a-z])/g, /[^A-Za-z0-9]+/);
  return split(text.normalize('NFC'), /([\p{Ll}\p{Nd}])(\p{Lu})/gu, /(\p{Lu}+)(\p{Lu}\p{Ll})/gu, /[^\p{L}\p{Nd}]+/u);
}

const ASCII = /^[\0-\x7f]*$/;

function split(text: string, lowerToUpper: RegExp, upperToWord: RegExp, between: RegExp): string[] {
  return text
    .replace(lowerToUpper, '$1 $2')
    .replace(upperToWord, '$1 $2')
    .split(between)
    .filter((word) => word !== '');
}

const capitalised = (word: string): string => {
  const [first = '', ...rest] = word;
  const tail = rest.join('');
  return first.toUpperCase() + (/\p{Ll}/u.test(tail) || tail.length < 2 ? tail : tail.toLowerCase());
};

/** `contact-address` → `ContactAddress`. A name that would start with a digit gets a leading `_`; an empty one is `_`. */
export function pascalCase(text: string): string {
  const joined = words(text).map(capitalised).join('').slice(0, 96);
  return guarded(/^\p{Nd}/u.test(joined) || joined === '' ? `_${joined}` : joined);
}

/** `contact-address` → `contactAddress`. */
export function camelCase(text: string): string {
  const [first, ...rest] = words(text);
  if (first === undefined) return '_';
  const joined = (
    (/^\p{Lu}+$/u.test(first) ? first.toLowerCase() : first[0]?.toLowerCase() + first.slice(1)) +
    rest.map(capitalised).join('')
  ).slice(0, 96);
  return guarded(/^\p{Nd}/u.test(joined) ? `_${joined}` : joined);
}

const guarded = (name: string): string => (unsafe.has(name.toLowerCase()) ? `${name}_` : name);

/** `contactAddress` → `Contact address`. Words in capitals stay as they are. */
export function toDisplayName(text: string): string {
  const [first, ...rest] = words(text);
  if (first === undefined) return text.trim() === '' ? '(no name)' : text.trim();
  const lower = (word: string) => (/^\p{Lu}{2,}\p{Nd}*$/u.test(word) ? word : word.toLowerCase());
  const head = lower(first);
  return [head.charAt(0).toUpperCase() + head.slice(1), ...rest.map(lower)].join(' ');
}

/** Gives out names that are unique also when case is ignored, by a number at the end: `Contact`, `Contact2`. */
export class UniqueNames {
  readonly #taken = new Set<string>();
  /** Where to go on counting, so that many equal names cost no more than as many different ones. */
  readonly #next = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    for (const name of taken) this.#taken.add(name.toLowerCase());
  }

  has(name: string): boolean {
    return this.#taken.has(name.toLowerCase());
  }

  take(wanted: string): string {
    let name = wanted;
    const key = wanted.toLowerCase();
    let n = this.#next.get(key) ?? 2;
    for (; this.has(name); n++) name = `${wanted}${/\p{Nd}$/u.test(wanted) ? '_' : ''}${n}`;
    if (name !== wanted) this.#next.set(key, n);
    this.#taken.add(name.toLowerCase());
    return name;
  }
}
