import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parseJson } from '../../client/json.js';
import { UsageError } from '../usage-error.js';

/**
 * A method's input as typed: JSON, `@FILE`, or `-` for stdin. Integers beyond 2^53 become bigints, so that no digit is lost.
 * @throws UsageError when it cannot be read or is no JSON object
 */
export async function readInput(given: string | undefined, stdin: Readable): Promise<Record<string, unknown>> {
  if (given === undefined) return {};
  const from = given === '-' ? 'stdin' : given.startsWith('@') ? given.slice(1) : 'the command line';
  const content = given === '-' ? await text(stdin) : given.startsWith('@') ? await fileContent(given.slice(1)) : given;
  let value: unknown;
  try {
    value = parseJson(content.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UsageError(`--input: ${from} is not valid JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(
      `--input: ${from} must hold a JSON object that names the method's inputs, such as {"id":"42"}.`,
    );
  }
  return value as Record<string, unknown>;
}

async function fileContent(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`--input: ${path} cannot be read: ${(error as Error).message}`);
  }
}
