import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, visit } from 'yaml';
import { ConfigurationError, type FieldError } from '../../../config/model/errors.js';
import { fillPlaceholders } from './placeholders.js';

/** An admin document as written, with where it stands. */
export interface SourceDocument {
  /** The file, as the person named it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly document: unknown;
  /** The line, from 1, of what a JSON pointer into the document names, or of the nearest thing around it. */
  lineOf(pointer: string): number;
}

/**
 * Reads admin documents: YAML with one or several documents a file, JSON, or a list of documents in either. A folder stands for
 * all its `.yaml`, `.yml` and `.json` files, by name. Placeholders `${env:NAME}` are filled in.
 *
 * @param environment gives a variable's value, undefined when it is not set
 * @param open gives a file's documents from its text; default: it is them
 * @throws ConfigurationError DOCUMENT_INVALID that names file and line of each fault
 */
export async function readDocuments(
  paths: readonly string[],
  environment: (name: string) => string | undefined,
  open: (file: string, text: string) => Promise<string> = async (_, text) => text,
): Promise<SourceDocument[]> {
  const files = (await Promise.all(paths.map(filesOf))).flat();
  const read = await Promise.all(files.map(async (file) => ({ file, text: await open(file, await textOf(file)) })));
  const faults: Fault[] = [];
  const documents = read.flatMap(({ file, text }) => parseFile(file, text, environment, faults));
  if (faults.length > 0) throw invalid(faults);
  if (documents.length === 0)
    throw new ConfigurationError('DOCUMENT_INVALID', `There is no document in ${paths.join(', ')}.`);
  return documents;
}

/** A fault at a place: `smartwright.yaml:12`. */
export interface Fault {
  readonly file: string;
  readonly line: number;
  readonly pointer?: string;
  readonly message: string;
}

/** One error for all faults, each with its file and line. */
export function invalid(faults: readonly Fault[]): ConfigurationError {
  const lines = faults.map(({ file, line, message }) => `${file}:${line}: ${message}`);
  const fields: FieldError[] = faults.map(({ file, line, pointer, message }) => ({
    pointer: pointer ?? '',
    message: `${file}:${line}: ${message}`,
  }));
  return new ConfigurationError('DOCUMENT_INVALID', lines.join('\n'), { fields });
}

async function filesOf(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path);
    return names
      .filter((name) => /\.(ya?ml|json)$/i.test(name))
      .sort()
      .map((name) => join(path, name));
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(path: string, cause: unknown): ConfigurationError {
  const why =
    (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file or folder' : (cause as Error).message;
  return new ConfigurationError('DOCUMENT_INVALID', `${path}: ${why}.`, { cause });
}

function parseFile(
  file: string,
  text: string,
  environment: (name: string) => string | undefined,
  faults: Fault[],
): SourceDocument[] {
  const lines = new LineCounter();
  const lineAt = (node: unknown): number => lines.linePos(rangeOf(node)?.[0] ?? 0).line;
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  return [...parsed].flatMap((yaml: Document.Parsed): SourceDocument[] => {
    for (const error of yaml.errors)
      faults.push({ file, line: lines.linePos(error.pos[0]).line, message: error.message });
    if (yaml.errors.length > 0 || yaml.contents === null) return [];
    visit(yaml, {
      Scalar: (_, scalar) => {
        if (typeof scalar.value !== 'string') return;
        const filled = fillPlaceholders(scalar.value, environment);
        for (const message of filled.faults) faults.push({ file, line: lineAt(scalar), message });
        scalar.value = filled.text;
      },
    });
    const nodes = isSeq(yaml.contents) ? yaml.contents.items : [yaml.contents];
    return nodes.flatMap((node): SourceDocument[] => {
      if (isScalar(node) && node.value === null) return [];
      return [
        {
          file,
          line: lineAt(node),
          document: (node as Node).toJS(yaml),
          lineOf: (pointer) => lineAt(nodeAt(node, pointer)),
        },
      ];
    });
  });
}

/** The deepest node on the pointer's way that is there. */
function nodeAt(root: unknown, pointer: string): unknown {
  let node = root;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const next = isCollection(node) ? (node.get(key, true) ?? node.get(Number(key), true)) : undefined;
    if (rangeOf(next) === undefined) return node;
    node = next;
  }
  return node;
}

const isCollection = (node: unknown): node is { get(key: unknown, keepScalar: true): unknown } =>
  typeof node === 'object' && node !== null && 'get' in node && typeof node.get === 'function';

const rangeOf = (node: unknown): readonly number[] | undefined =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? node.range : undefined;
