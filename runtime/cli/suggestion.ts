import { nearest } from '../../config/schema/index.js';

/** ` Did you mean "Contact"?`, or what there is when it is little, or that there are none. Starts with a space. */
export function suggestion(wanted: string, known: readonly string[]): string {
  const near = nearest(wanted, known);
  if (near.length > 0) return ` Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
  if (known.length === 0) return ' There are none.';
  return known.length <= 12
    ? ` There are ${known.join(', ')}.`
    : ` There are ${known.length}, such as ${known.slice(0, 6).join(', ')}.`;
}
