import { createRequire } from 'node:module';
import type { Document } from 'yaml';
import { ConfigurationError } from '../../../config/model/errors.js';
import type { Findings } from './findings.js';

/** Loaded with the first document that is not JSON. */
const yaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml');

/**
 * A descriptor's text as a value. JSON goes through `JSON.parse`; all else, and JSON that breaks its rules in a way that YAML
 * allows (comments, trailing commas), is read as YAML 1.2 with merge keys.
 *
 * @throws ConfigurationError DESCRIPTOR_INVALID with the line of the fault
 */
export function parseText(text: string, location: string, findings: Findings): unknown {
  const head = firstCharacter(text);
  if (head === '{' || head === '[') {
    try {
      return JSON.parse(text);
    } catch (error) {
      return parseLenientJson(text, location, findings, error);
    }
  }
  return parseYaml(text, location, findings);
}

/** Larger JSON than this is not tried as YAML: bytes. A file of this size was written by a program. */
const LENIENT_LIMIT = 8 * 1024 * 1024;

function parseLenientJson(text: string, location: string, findings: Findings, error: unknown): unknown {
  const fault = new ConfigurationError(
    'DESCRIPTOR_INVALID',
    `${location} is not valid JSON: ${jsonFault(text, error)}. Correct the document at this place.`,
    { cause: error },
  );
  if (text.length > LENIENT_LIMIT) throw fault;
  try {
    const value = parseYaml(text, location, findings);
    findings.warn('JSON_LENIENT', `The document is not valid JSON (${jsonFault(text, error)}); it was read as YAML.`, {
      location,
    });
    return value;
  } catch {
    throw fault;
  }
}

function parseYaml(text: string, location: string, findings: Findings): unknown {
  let document: Document.Parsed;
  try {
    // The library's own check for duplicate keys compares each key with each other; ours is linear.
    document = yaml().parseDocument(text, { uniqueKeys: false, merge: true, logLevel: 'silent', strict: false });
  } catch (error) {
    throw yamlFault(location, error instanceof Error ? error.message : String(error), error);
  }
  const [fault] = document.errors;
  if (fault !== undefined) throw yamlFault(location, fault.message.split('\n')[0] ?? fault.message, fault);
  reportDuplicateKeys(document, text, location, findings);
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw yamlFault(location, error instanceof Error ? error.message : String(error), error);
  }
}

/** Of a document that uses anchors to grow without bound; ordinary ones stay far below. */
const MAX_ALIASES = 10_000;

function reportDuplicateKeys(document: Document.Parsed, text: string, location: string, findings: Findings): void {
  const { isMap, isScalar, visit } = yaml();
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

function yamlFault(location: string, message: string, cause: unknown): ConfigurationError {
  const text = message.replace(/:\s*$/, '').replace(/\.$/, '');
  return new ConfigurationError(
    'DESCRIPTOR_INVALID',
    `${location} is not valid YAML: ${text}. Correct the document at this place.`,
    { cause },
  );
}

function jsonFault(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position === undefined)
    return /end of JSON/i.test(message) ? `it ends too early (line ${lineOf(text, text.length)})` : message;
  const reason = message.slice(0, message.indexOf(' in JSON at position')).slice(0, 120) || 'unexpected text';
  return `${reason} in line ${lineOf(text, Number(position))}`;
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

function firstCharacter(text: string): string {
  return /\S/.exec(text.slice(0, 4096))?.[0] ?? '';
}
