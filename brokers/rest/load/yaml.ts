import { createRequire } from 'node:module';
import type { Type, YAMLException } from 'js-yaml';
import type { Document } from 'yaml';
import { ConfigurationError } from '../../../config/model/errors.js';
import type { Findings } from '../../source/index.js';
import { lineOf } from './line.js';

/** The fast reader and the careful one, loaded with the first document that is not JSON. */
const load = createRequire(import.meta.url);
const fast = (): typeof import('js-yaml') => load('js-yaml');
const careful = (): typeof import('yaml') => load('yaml');

/** Larger YAML than this is read by the fast reader alone: characters. A file of this size was written by a program. */
const CAREFUL_LIMIT = 8 * 1024 * 1024;

/**
 * YAML 1.2 with merge keys, as a value. The fast reader (js-yaml) has the first word: it takes a fifth of the time and a third of
 * the memory. What it refuses, the careful one (yaml) reads again: that one tolerates more, duplicate keys with a warning for
 * each, and tells more exactly what is wrong.
 *
 * @throws ConfigurationError DESCRIPTOR_INVALID with the line of the fault
 */
export function parseYaml(text: string, location: string, findings: Findings): unknown {
  const large = text.length > CAREFUL_LIMIT;
  try {
    return withinReason(text, readFast(text, false), location);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    if (error instanceof RangeError) throw tooDeep(location, error);
    if (!(error instanceof fast().YAMLException)) throw error;
    if (/exceeded maxDepth/.test(error.message)) throw tooDeep(location, error);
    if (!large) return parseCarefully(text, location, findings);
    if (!/duplicated mapping key/.test(error.message)) throw yamlFault(location, faultOf(error), error);
    const place = `${location}:${error.mark.line + 1}`;
    findings.warn('KEY_DUPLICATE', 'A key stands here twice, and perhaps others elsewhere; the last one counts.', {
      location: place,
    });
  }
  return withinReason(text, readFast(text, true), location);
}

/** Deeper nesting than this is refused, in levels. Descriptors have some twenty, one that is written out of circles a few hundred. */
const MAX_DEPTH = 1_000;

const FLOAT = /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/**
 * The plain values of YAML 1.2 (§10.3, Core Schema): no dates, no binary numbers, no underscores in numbers, all of which YAML 1.1
 * has and js-yaml keeps.
 */
const core = () =>
  fast().FAILSAFE_SCHEMA.extend({
    implicit: [
      plain('null', /^(?:~|null|Null|NULL|)$/, () => null),
      plain('bool', /^(?:true|True|TRUE|false|False|FALSE)$/, (text) => text.toLowerCase() === 'true'),
      plain('int', /^(?:[-+]?\d+|0o[0-7]+|0x[\dA-Fa-f]+)$/, Number),
      plain('float', FLOAT, floatOf),
      plain('merge', /^<<$/, String),
    ],
  });

/** A type of plain values, told by a pattern. */
function plain(name: string, pattern: RegExp, construct: (text: string) => unknown): Type {
  return new (fast().Type)(`tag:yaml.org,2002:${name}`, {
    kind: 'scalar',
    resolve: (text: string | null) => pattern.test(text ?? ''),
    construct: (text: string | null) => construct(text ?? ''),
  });
}

function floatOf(text: string): number {
  const word = text.toLowerCase();
  if (word.endsWith('.inf')) return word.startsWith('-') ? -Infinity : Infinity;
  return word === '.nan' ? Number.NaN : Number(text);
}

let schema: ReturnType<typeof core> | undefined;

function readFast(text: string, lastKeyCounts: boolean): unknown {
  // The typings know neither limit.
  schema ??= core();
  const options = { schema, json: lastKeyCounts, maxDepth: MAX_DEPTH, maxTotalMergeKeys: 1_000_000 };
  return fast().load(text, options);
}

/** Values that a document may stand for when its aliases are written out. Ordinary documents have a few million at most. */
const MAX_VALUES = 20_000_000;

/**
 * The value, unless its aliases make it grow without bound or lead back to where they stand. An alias is the same object again, so
 * the document itself is small; whoever walks it sees it in full.
 *
 * @throws ConfigurationError DESCRIPTOR_INVALID
 */
function withinReason(text: string, root: unknown, location: string): unknown {
  if (!ANCHOR.test(text)) return root;
  const sizes = new Map<object, number>();
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const value = pending.at(-1);
    if (typeof value !== 'object' || value === null || (sizes.get(value) ?? 0) > 0) {
      pending.pop();
      continue;
    }
    const members = Object.values(value) as unknown[];
    if (!sizes.has(value)) {
      sizes.set(value, OPEN);
      for (const member of members) {
        if (typeof member !== 'object' || member === null) continue;
        if (sizes.get(member) === OPEN) throw yamlFault(location, 'an alias stands inside of what it names');
        pending.push(member);
      }
      continue;
    }
    let size = 1 + members.length;
    for (const member of members) if (typeof member === 'object' && member !== null) size += sizes.get(member) ?? 0;
    if (size > MAX_VALUES) throw yamlFault(location, 'its aliases multiply into more than it may hold');
    sizes.set(value, size);
    pending.pop();
  }
  return root;
}

/** What may be an anchor; without one there is no alias. */
const ANCHOR = /[\s[{,:-]&[^\s,[\]{}]/;

/** Of a value whose members are being counted. */
const OPEN = 0;

function parseCarefully(text: string, location: string, findings: Findings): unknown {
  let document: Document.Parsed;
  try {
    // The library's own check for duplicate keys compares each key with each other; ours is linear.
    document = careful().parseDocument(text, { uniqueKeys: false, merge: true, logLevel: 'silent', strict: false });
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(location, error);
    throw yamlFault(location, error instanceof Error ? error.message : String(error), error);
  }
  const [fault] = document.errors;
  if (fault !== undefined) throw yamlFault(location, fault.message.split('\n')[0] ?? fault.message, fault);
  reportDuplicateKeys(document, text, location, findings);
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(location, error);
    throw yamlFault(location, error instanceof Error ? error.message : String(error), error);
  }
}

/** Of a document that uses anchors to grow without bound; ordinary ones stay far below. */
const MAX_ALIASES = 10_000;

function reportDuplicateKeys(document: Document.Parsed, text: string, location: string, findings: Findings): void {
  const { isMap, isScalar, visit } = careful();
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const pair of map.items) {
        const key = isScalar(pair.key) ? pair.key.value : pair.key;
        if (seen.has(key) && key !== '<<') {
          const line = isScalar(pair.key) && pair.key.range ? lineOf(text, pair.key.range[0]) : undefined;
          const place = line === undefined ? location : `${location}:${line}`;
          findings.warn('KEY_DUPLICATE', `The key "${String(key)}" stands here twice; the last one counts.`, {
            location: place,
          });
        }
        seen.add(key);
      }
      return isMap(map) ? undefined : visit.SKIP;
    },
  });
}

function faultOf({ reason, mark }: YAMLException): string {
  return `${reason} at line ${mark.line + 1}, column ${mark.column + 1}`;
}

function tooDeep(location: string, cause: unknown): ConfigurationError {
  return new ConfigurationError(
    'DESCRIPTOR_INVALID',
    `${location} is nested too deeply; a descriptor may have ${MAX_DEPTH} levels.`,
    { cause },
  );
}

function yamlFault(location: string, message: string, cause?: unknown): ConfigurationError {
  const text = message.replace(/:\s*$/, '').replace(/\.$/, '');
  return new ConfigurationError(
    'DESCRIPTOR_INVALID',
    `${location} is not valid YAML: ${text}. Correct the document at this place.`,
    cause === undefined ? {} : { cause },
  );
}
