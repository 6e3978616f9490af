import { isDeepStrictEqual } from 'node:util';
import type { AdminDocument, DocumentKind } from '../../../config/model/admin-document.js';
import { isStoredSecret } from '../../../config/model/stored-secret.js';

/** What applying a document would do. */
export interface Difference {
  readonly kind: DocumentKind;
  readonly name: string;
  readonly outcome: 'created' | 'changed' | 'unchanged';
  readonly changes: readonly Change[];
}

export interface Change {
  /** JSON Pointer into the document. */
  readonly pointer: string;
  /** Absent: it is new. A secret shows as `[secret]`. */
  readonly before?: unknown;
  /** Absent: it goes. */
  readonly after?: unknown;
}

/** Whether a secret stands at a JSON pointer of the document. */
export type SecretPlace = (pointer: string) => boolean;

const secret = '[secret]';

/**
 * Compares a document with the stored one. A secret that the document sets always counts as a change: what is stored is not
 * readable, so whether it is the same cannot be told.
 */
export function difference(
  document: AdminDocument,
  stored: AdminDocument | undefined,
  isSecret: SecretPlace = () => false,
): Difference {
  const { kind, name } = document;
  if (stored === undefined) return { kind, name, outcome: 'created', changes: [] };
  const changes = changesBetween(stored, document, '', isSecret);
  return { kind, name, outcome: changes.length === 0 ? 'unchanged' : 'changed', changes };
}

function changesBetween(before: unknown, after: unknown, pointer: string, isSecret: SecretPlace): Change[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isStoredSecret(after) && before !== undefined) return [];
  const comparable = isStructure(before) && isStructure(after) && Array.isArray(before) === Array.isArray(after);
  if (!comparable) return [change(masked(before, pointer, isSecret), masked(after, pointer, isSecret), pointer)];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => changesBetween(before[name], after[name], child(pointer, name), isSecret));
}

const change = (before: unknown, after: unknown, pointer: string): Change => ({
  pointer,
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});

function masked(value: unknown, pointer: string, isSecret: SecretPlace): unknown {
  if (value === undefined) return undefined;
  if (isStoredSecret(value) || isSecret(pointer)) return secret;
  if (Array.isArray(value)) return value.map((item, index) => masked(item, child(pointer, String(index)), isSecret));
  if (!isStructure(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, masked(member, child(pointer, name), isSecret)]),
  );
}

const child = (pointer: string, name: string): string =>
  `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

const isStructure = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !isStoredSecret(value);
