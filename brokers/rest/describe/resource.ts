import { pascalCase, words } from '../../../config/model/names.js';
import { isClearVerb, isModifier, isPlural, isVerb, singular } from './words.js';

/** What a path says about the thing that an operation works on. It is read from the path alone, so it stays when others come. */
export interface Resource {
  /** The nouns of the path, such as `contact note` for `/contacts/{id}/notes`; empty when the path has none. */
  readonly nouns: readonly string[];
  /**
   * `collection`: the things as a whole; `item`: one of them; `part`: something that one of them has (`/contacts/{id}/photo`);
   * `action`: something that is done to them (`/contacts/{id}/archive`).
   */
  readonly role: 'collection' | 'item' | 'part' | 'action';
  /** The words of the part or action. */
  readonly tail: string;
  /** The last literal segment, for recognising envelopes named after it. */
  readonly noun: string;
  readonly plural: boolean;
  /** The path parameter that identifies the item. */
  readonly key?: string;
}

type Segment =
  | { readonly text: string; readonly parameter?: undefined }
  | { readonly parameter: string; readonly text?: undefined };

/** Segments that say where an API is mounted, and which version it is. */
const MOUNT =
  /^(api|apis|rest|restapi|rest-api|public|external|latest|beta|alpha|index\.php|wp-json|_apis|v\d+([._-]\d+)*([a-z]+\d*)?|\d+(\.\d+)*|\d{4}-\d{2}(-\d{2})?)$/i;

/** Literal segments that only say how the answer is written. */
const FORMATS = new Set(['json', 'xml', '-']);

/** Literal segments that stand for one item. */
const SELF = new Set(['me', 'self', 'current', '@me', '~', 'mine']);

/** Reads a path template. */
export function resourceOf(path: string): Resource {
  const { segments, custom } = cut(path);
  const lastParameter = segments.findLastIndex((segment) => segment.parameter !== undefined);
  const tail = segments.slice(lastParameter + 1).flatMap((segment) => segment.text ?? []);
  const all = segments.flatMap((segment) => segment.text ?? []);
  const key = segments[lastParameter]?.parameter;
  const keyed = key === undefined || key === '' ? {} : { key };
  const last = all.at(-1) ?? '';
  const base = { noun: last, plural: isPlural(lastWord(last)) };
  if (custom !== undefined) return { ...base, ...keyed, nouns: nounsOf(all), role: 'action', tail: custom };
  if (tail.length === 0) return { ...base, ...keyed, nouns: nounsOf(all), role: 'item', tail: '' };
  if (isAction(last, all.length > 1))
    return { ...base, ...keyed, nouns: nounsOf(all.slice(0, -1)), role: 'action', tail: last };
  if (lastParameter >= 0 && tail.length === 1 && all.length > 1 && !base.plural) {
    return { ...base, ...keyed, nouns: nounsOf(all.slice(0, -1)), role: 'part', tail: last };
  }
  return { ...base, nouns: nounsOf(all), role: 'collection', tail: '' };
}

function cut(path: string): { segments: Segment[]; custom?: string } {
  const segments: Segment[] = [];
  let custom = fragmentOf(path);
  for (const raw of path.replace(/[?#].*$/s, '').split('/')) {
    const text = raw
      .replace(/\.?\{\.?(format|ext|extension|mediaTypeExtension)\}$/i, '')
      .replace(/(?<=.)\.(json|xml|yaml|csv)$/i, '');
    if (text === '' || (segments.length > 0 && FORMATS.has(text.toLowerCase()))) continue;
    // AIP-136: a custom method follows a colon.
    const colon = /^(.*[^{:]):([a-z][\w-]*)$/i.exec(text);
    const body = colon?.[1] ?? text;
    custom = colon?.[2] ?? custom;
    segments.push(...segmentsOf(body, segments.length > 0));
  }
  const named = segments.filter((segment) => segment.text === undefined || !MOUNT.test(segment.text));
  const hasNoun = named.some((segment) => segment.text !== undefined);
  return { segments: hasNoun ? named : segments, ...(custom === undefined ? {} : { custom }) };
}

/** Descriptors tell operations of one path apart by a fragment or a query: `#get_shared_link`, `?Action=CreateUser`. */
function fragmentOf(path: string): string | undefined {
  const text = /[?#](.*)$/s.exec(path)?.[1]?.replace(/\{[^{}]*\}/g, '');
  const telling = text?.split('&')[0]?.split(/[=.]/).at(-1) ?? '';
  return words(telling).length > 0 ? telling : undefined;
}

function segmentsOf(text: string, hasParent: boolean): Segment[] {
  const braces = [...text.matchAll(/\{([^{}]*)\}/g)];
  const parameter = braces.at(-1)?.[1];
  if (parameter !== undefined) {
    const literal = text
      .slice(0, text.indexOf('{'))
      .replace(/[^\p{L}\p{Nd}]+$/u, '')
      .replace(/\(\w+=?['"]?$/, '');
    const isWord = /^\p{L}{2,}/u.test(literal);
    return [...(isWord ? [{ text: literal }] : []), { parameter: parameter.replace(/[:*].*$/, '') }];
  }
  if (hasParent && SELF.has(text.toLowerCase())) return [{ parameter: '' }];
  // RPC over HTTP: `chat.postMessage`.
  if (/^[a-z_]\w*(\.[a-z_]\w*)+$/i.test(text)) return text.split('.').map((part) => ({ text: part }));
  return [{ text }];
}

/** `search`, `findByStatus`, `bulk-delete`: begins with a verb and names no plural thing alone. */
function isAction(segment: string, hasParent: boolean): boolean {
  const all = words(segment).map((word) => word.toLowerCase());
  const [first = '', ...rest] = all;
  if (rest.length > 0) return isVerb(first) && !(isModifier(first) && isPlural(all.at(-1) ?? ''));
  return isClearVerb(first) || (hasParent && isVerb(first) && !isPlural(first));
}

function nounsOf(segments: readonly string[]): string[] {
  return segments.map(singularPhrase);
}

/** `contact_notes` → `contact note`. */
export function singularPhrase(text: string): string {
  const all = words(text);
  const last = all.pop();
  return last === undefined ? text : [...all, keepCase(last)].join(' ');
}

/** The singular in the case that the word was written in. */
function keepCase(word: string): string {
  const lower = word.toLowerCase();
  const one = singular(lower);
  if (one === lower) return word;
  return lower.startsWith(one) ? word.slice(0, one.length) : one;
}

function lastWord(segment: string): string {
  return (words(segment).at(-1) ?? '').toLowerCase();
}

/** The system name for the object of a resource: by its path, else by the operation's tag, else by the service itself. */
export function objectName({ nouns }: Resource, tag: string | undefined, service: string): string {
  const [first, ...rest] = nouns;
  const tagged = tag === undefined ? undefined : singularPhrase(tag);
  if (first === undefined) return pascalCase(tagged ?? service);
  // `/t/{id}`: a letter names nothing, a tag does.
  return pascalCase([first.length < 2 ? (tagged ?? first) : first, ...rest].join(' '));
}
