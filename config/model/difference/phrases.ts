import { pointerPath } from '../json-pointer.js';

/** Values shown in one sentence; of more, how many there are. */
const MOST_SHOWN = 5;

/** `"open", "closed"`, of JSON texts. */
export function listed(values: Iterable<string> | undefined): string {
  const all = [...(values ?? [])];
  const first = all.slice(0, MOST_SHOWN).map((value) => shortened(value));
  return all.length > first.length ? `${first.join(', ')} and ${all.length - first.length} more` : first.join(', ');
}

/** A value of a keyword. */
export function shown(value: unknown): string {
  return value === undefined ? 'not set' : shortened(JSON.stringify(value));
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

const typeNames: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'a boolean',
  file: 'a file',
  integer: 'an integer',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

export function typeText(types: ReadonlySet<string> | undefined): string {
  if (types === undefined) return 'anything';
  return types.size === 0 ? 'nothing but null' : [...types].map((type) => typeNames[type] ?? type).join(' or ');
}

/** What is at a pointer into a description, as the beginning of a sentence: `Input "address.city" of Contact.Create`. */
export function subject(pointer: string): string {
  const [collection = '', name = '', ...rest] = pointerPath(pointer);
  if (collection === 'types') return rest.length === 0 ? `Type ${name}` : `${quoted(rest)} of type ${name}`;
  const [methods, method = '', part = '', ...inside] = rest;
  if (methods !== 'methods') return `Service object ${name}`;
  const owner = `${name}.${method}`;
  if (part === 'input') return inside.length === 0 ? `The input of ${owner}` : `Input ${quoted(inside)} of ${owner}`;
  if (part === 'meta')
    return inside.length === 0
      ? `What ${owner} says beside its items`
      : `${quoted(inside)} beside the items of ${owner}`;
  if (part === 'output') return inside.length === 0 ? `The result of ${owner}` : `Result ${quoted(inside)} of ${owner}`;
  return `Method ${owner}`;
}

const quoted = (steps: readonly string[]): string => `"${pathText(steps)}"`;

/** How each keyword's step reads, with the step that follows it. */
const readings: Readonly<Record<string, (step: string) => string>> = {
  properties: (name) => `.${name}`,
  patternProperties: (pattern) => `./${pattern}/`,
  prefixItems: (index) => `[${index}]`,
  $defs: (name) => `.${name}`,
  allOf: () => '',
  oneOf: (index) => `(${Number(index) + 1})`,
  anyOf: (index) => `(${Number(index) + 1})`,
};

/** The steps of a schema's pointer as designers write a property: `address.city`, `tags[]`. */
function pathText(steps: readonly string[]): string {
  let text = '';
  for (let place = 0; place < steps.length; place++) {
    const reading = readings[steps[place] ?? ''];
    if (reading !== undefined && place + 1 < steps.length) {
      text += reading(steps[place + 1] ?? '');
      place++;
    } else {
      text += steps[place] === 'items' ? '[]' : steps[place] === 'additionalProperties' ? '.*' : `.${steps[place]}`;
    }
  }
  return text.replace(/^\./, '');
}
