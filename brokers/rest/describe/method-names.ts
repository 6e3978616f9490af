import { UniqueNames } from '../../../config/model/names.js';
import type { MethodDraft } from './draft.js';

/**
 * Gives out the names within one object. A method that had a name keeps it. Where several new ones want the same, one
 * that works on an item comes first, then those on a collection, a part, an action; then the shortest path, then the first in the
 * alphabet: where an operation stands in the document plays no part.
 *
 * @param former the name that a method had, undefined when it is new
 */
export function methodNames(
  drafts: readonly MethodDraft[],
  former: (draft: MethodDraft) => string | undefined,
): Map<MethodDraft, string> {
  const unique = new UniqueNames();
  const names = new Map<MethodDraft, string>();
  for (const draft of drafts) {
    const name = former(draft);
    if (name !== undefined && !unique.has(name)) names.set(draft, unique.take(name));
  }
  for (const draft of drafts.filter((one) => !names.has(one)).toSorted(byPrecedence)) {
    const free = draft.shape.names.find((name) => !unique.has(name));
    names.set(draft, unique.take(free ?? draft.shape.names[0]));
  }
  return names;
}

const VERBS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** An action is called so by who does it; who looks at it has the longer name. A search is its own. */
const ACTION_VERBS = ['POST', 'PUT', 'PATCH', 'GET', 'DELETE'];

function byPrecedence(a: MethodDraft, b: MethodDraft): number {
  const [one, other] = [a.operation, b.operation];
  return (
    roleRank(a) - roleRank(b) ||
    depth(one.path) - depth(other.path) ||
    compare(one.path, other.path) ||
    verbRank(a) - verbRank(b) ||
    compare(one.verb, other.verb)
  );
}

/** What the HTTP method says comes before what a POST is said to do. */
function roleRank({ operation, resource: { role }, kind }: MethodDraft): number {
  const posted = operation.verb === 'POST';
  if (role === 'item') return posted ? 2 : 0;
  if (role === 'collection') return posted && kind !== 'create' ? 3 : 1;
  return role === 'part' ? 4 : 5;
}

const depth = (path: string): number => path.split('/').length;

function verbRank({ operation, resource, kind }: MethodDraft): number {
  if (resource.role === 'action' && (kind === 'list' || kind === 'read')) return -1;
  const verbs = resource.role === 'action' ? ACTION_VERBS : VERBS;
  const rank = verbs.indexOf(operation.verb);
  return rank < 0 ? verbs.length : rank;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
