import type { SharePointKeys } from '../keys.js';
import type { ListFacts } from './facts.js';

/** The lists that the service keys ask for. Galleries and the like are taken with hidden lists only. */
export function wantedLists(
  lists: readonly ListFacts[],
  { includeHiddenLists, listFilter }: SharePointKeys,
): ListFacts[] {
  const patterns = (listFilter ?? '')
    .split(/[,\n]/)
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '');
  return lists.filter(({ title, isHidden, isCatalog }) => {
    if ((isHidden || isCatalog) && includeHiddenLists !== true) return false;
    return patterns.length === 0 || patterns.some((pattern) => fits(title.toLowerCase(), pattern.split('*')));
  });
}

/** Whether a text consists of pieces with anything in between: linear, whatever the pattern. */
function fits(text: string, pieces: readonly string[]): boolean {
  const [head = '', ...rest] = pieces;
  if (rest.length === 0) return text === head;
  if (!text.startsWith(head)) return false;
  const tail = rest.pop() ?? '';
  let at = head.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}
