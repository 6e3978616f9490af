/** The names that are most like a mistyped one, best first; none when nothing is alike. Case does not count. */
export function nearest(wanted: string, known: Iterable<string>, count = 3): string[] {
  const asked = wanted.toLowerCase();
  const ranked: { name: string; distance: number }[] = [];
  for (const name of known) {
    const candidate = name.toLowerCase();
    const contained = asked.length > 2 && (candidate.includes(asked) || asked.includes(candidate));
    const distance = contained ? Math.abs(candidate.length - asked.length) / 10 : editDistance(asked, candidate);
    if (distance <= Math.max(2, asked.length * 0.4)) ranked.push({ name, distance });
  }
  ranked.sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name));
  return ranked.slice(0, count).map(({ name }) => name);
}

/** ` Did you mean "Contact"?`, or what there is when it is little, or nothing. Starts with a space when it says something. */
export function suggestion(wanted: string, known: readonly string[]): string {
  const near = nearest(wanted, known);
  if (near.length > 0) return ` Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
  if (known.length === 0) return '';
  return known.length <= 12
    ? ` There are ${known.join(', ')}.`
    : ` There are ${known.length}, such as ${known.slice(0, 6).join(', ')}.`;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
