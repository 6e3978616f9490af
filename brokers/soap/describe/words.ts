import { words } from '../../../config/model/names.js';
import type { MethodKind } from '../../../config/model/service-object.js';
import { singular } from '../../singular.js';

/** The verbs that operations of services begin with, and what they do. */
const verbs: Readonly<Record<string, MethodKind>> = Object.fromEntries(
  (
    [
      ['read', 'get read retrieve fetch load lookup describe'],
      ['list', 'list find search query enumerate browse select'],
      ['create', 'create add insert new register'],
      ['update', 'update modify change set edit save put'],
      ['delete', 'delete remove drop purge'],
    ] as const
  ).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind] as const)),
);

/** Words that end the name of a thing: how it is looked for, not what it is. */
const ends: ReadonlySet<string> = new Set(['by', 'for', 'from', 'with', 'using', 'where', 'in', 'of', 'to', 'async']);
/** Words around a thing's name that say how many. */
const amounts: ReadonlySet<string> = new Set(['all', 'list', 'many', 'multiple', 'collection', 'array', 'items']);

/** What an operation's name says: `GetCustomerById` reads a *Customer*. */
export interface Reading {
  readonly kind: MethodKind;
  /** In the singular; undefined when the name is a verb alone. */
  readonly thing: string | undefined;
  /** The name speaks of several. */
  readonly plural: boolean;
}

/** Undefined when the name does not begin with a verb that says what is done. */
export function readName(operation: string): Reading | undefined {
  const [verb = '', ...rest] = words(operation);
  const kind = Object.hasOwn(verbs, verb.toLowerCase()) ? verbs[verb.toLowerCase()] : undefined;
  if (kind === undefined) return undefined;
  const end = rest.findIndex((word) => ends.has(word.toLowerCase()));
  const name = end === -1 ? rest : rest.slice(0, end);
  const named = name.filter(
    (word, index) => !(amounts.has(word.toLowerCase()) && (index === 0 || index === name.length - 1)),
  );
  const last = named.at(-1);
  if (last === undefined) return { kind, thing: undefined, plural: name.length > 0 };
  const thing = [...named.slice(0, -1), singular(last)].join('');
  return { kind, thing, plural: singular(last) !== last || named.length < name.length };
}
