import { words } from '../../../config/model/names.js';
import { isPlural, singular } from '../../singular.js';
import { isClearVerb, isModifier, isVerb } from './words.js';

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
  /** The version among the segments that say where the API is mounted: `v2`, `2024-01`, `beta`. */
  readonly version?: string;
}

/** A step of a path. `self` stands for one item, as a parameter does, and is a name as well: `/users/me`. */
interface Segment {
  readonly role: 'name' | 'parameter' | 'self';
  readonly text: string;
}

/** Segments that, at the start of a path, say where an API is mounted. */
const MOUNT = /^(api|apis|rest|restapi|rest-api|public|external|index\.php|wp-json|_apis)$/i;

/** Segments that, at the start of a path, say which version of an API it is. */
const VERSION = /^(latest|beta|alpha|\d+(\.\d+)*|\d{4}-\d{2}(-\d{2})?)$/i;

/** Segments that say so anywhere. */
const NUMBERED = /^v\d+([._-]\d+)*([a-z]+\d*)?$/i;

/** Words for many things that have no singular. */
const COLLECTIVE = new Set(['media', 'series', 'news', 'staff', 'people']);

/** Literal segments that only say how the answer is written. */
const FORMATS = new Set(['json', 'xml', '-']);

/** Literal segments that stand for one item. */
const SELF = new Set(['me', 'self', 'current', '@me', '~', 'mine']);

/** Reads a path template. */
export function resourceOf(path: string): Resource {
  const { segments, custom, version } = cut(path);
  const lastParameter = segments.findLastIndex(({ role }) => role !== 'name');
  const tail = segments.slice(lastParameter + 1);
  const names = segments.filter(({ role }) => role !== 'parameter');
  const key = segments[lastParameter]?.role === 'parameter' ? segments[lastParameter].text : '';
  const keyed = key === '' ? {} : { key };
  const last = names.at(-1)?.text ?? '';
  const base = {
    noun: last,
    plural: isPlural(lastWord(last)) || COLLECTIVE.has(lastWord(last)),
    ...(version === undefined ? {} : { version }),
  };
  const whole = () => nounsOf(segments);
  const upTo = () =>
    nounsOf(
      segments.slice(
        0,
        segments.findLastIndex(({ role }) => role === 'name'),
      ),
    );
  if (custom !== undefined) return { ...base, ...keyed, nouns: whole(), role: 'action', tail: custom };
  if (tail.length === 0) return { ...base, ...keyed, nouns: whole(), role: 'item', tail: '' };
  if (isAction(last, names.length > 1)) return { ...base, ...keyed, nouns: upTo(), role: 'action', tail: last };
  if (lastParameter >= 0 && tail.length === 1 && names.length > 1 && !base.plural) {
    return { ...base, ...keyed, nouns: upTo(), role: 'part', tail: last };
  }
  return { ...base, nouns: whole(), role: 'collection', tail: '' };
}

interface Cut {
  readonly segments: readonly Segment[];
  readonly custom?: string;
  readonly version?: string;
}

function cut(path: string): Cut {
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
  const start = segments.findIndex(({ role, text }) => role !== 'name' || !isMount(text));
  const named = segments.filter(({ role, text }, index) => index >= start && !(role === 'name' && NUMBERED.test(text)));
  const versions = segments.filter(
    ({ role, text }, index) => role === 'name' && (NUMBERED.test(text) || (index < start && VERSION.test(text))),
  );
  const hasNoun = start >= 0 && named.some(({ role }) => role === 'name');
  const version = versions[0]?.text.toLowerCase();
  return {
    segments: hasNoun ? named : segments,
    ...(custom === undefined ? {} : { custom }),
    ...(version === undefined || !hasNoun ? {} : { version }),
  };
}

const isMount = (text: string): boolean => MOUNT.test(text) || VERSION.test(text) || NUMBERED.test(text);

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
    const placeholder: Segment = { role: 'parameter', text: parameter.replace(/[:*].*$/, '') };
    return isWord ? [{ role: 'name', text: literal }, placeholder] : [placeholder];
  }
  if (hasParent && SELF.has(text.toLowerCase())) return [{ role: 'self', text: text.replace(/^(@me|~)$/, 'me') }];
  // RPC over HTTP: `chat.postMessage`.
  if (/^[a-z_]\w*(\.[a-z_]\w*)+$/i.test(text)) return text.split('.').map((part) => ({ role: 'name', text: part }));
  return [{ role: 'name', text }];
}

/** `search`, `findByStatus`, `bulk-delete`: begins with a verb and names no plural thing alone. */
function isAction(segment: string, hasParent: boolean): boolean {
  const all = words(segment).map((word) => word.toLowerCase());
  const [first = '', ...rest] = all;
  if (rest.length > 0) return isVerb(first) && !(isModifier(first) && isPlural(all.at(-1) ?? ''));
  return isClearVerb(first) || (hasParent && isVerb(first) && !isPlural(first));
}

/**
 * The names in the singular, but for a name that neither ends the path nor stands before a parameter: it is no one thing but
 * a part of the service. So `/issues/{id}/comments` (`issue comment`) and `/issues/comments` (`issues comment`) stay apart.
 */
function nounsOf(segments: readonly Segment[]): string[] {
  const last = segments.findLastIndex(({ role }) => role !== 'parameter');
  return segments.flatMap(({ role, text }, index) => {
    if (role === 'parameter') return [];
    const isOne = index === last || segments[index + 1]?.role !== 'name';
    return [isOne ? singularPhrase(text) : text];
  });
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
