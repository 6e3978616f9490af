import { ConfigurationError } from '../../../config/model/errors.js';
import type { Findings } from '../../source/index.js';
import { reportDuplicates } from './json-duplicates.js';
import { lineOf } from './line.js';
import { parseYaml } from './yaml.js';

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
      return parseJson(text, location, findings);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return parseLenientJson(text, location, findings, error);
    }
  }
  return parseYaml(text, location, findings);
}

function parseJson(text: string, location: string, findings: Findings): unknown {
  const value: unknown = JSON.parse(text);
  reportDuplicates(text, value, location, findings);
  return value;
}

/** Larger JSON than this is not tried as YAML: characters. */
const LENIENT_LIMIT = 32 * 1024 * 1024;

function parseLenientJson(text: string, location: string, findings: Findings, error: unknown): unknown {
  const fault = new ConfigurationError(
    'DESCRIPTOR_INVALID',
    `${location} is not valid JSON: ${jsonFault(text, error)}. Correct the document at this place.`,
    { cause: error },
  );
  const isCutOff = /end of JSON|Unterminated string/i.test(error instanceof Error ? error.message : '');
  if (text.length > LENIENT_LIMIT || isCutOff) throw fault;
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

function jsonFault(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position === undefined)
    return /end of JSON/i.test(message) ? `it ends too early (line ${lineOf(text, text.length)})` : message;
  const reason = message.slice(0, message.indexOf(' in JSON at position')).slice(0, 120) || 'unexpected text';
  return `${reason} in line ${lineOf(text, Number(position))}`;
}

function firstCharacter(text: string): string {
  return /\S/.exec(text.slice(0, 4096))?.[0] ?? '';
}
