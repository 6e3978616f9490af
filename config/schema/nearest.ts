/** The names that are most like a mistyped one, best first; none when nothing is alike. Case does not count. */
export function nearest(wanted: string, known: Iterable<string>, count = 3): string[] {
  const asked = wanted.toLowerCase();
  const ranked: { readonly name: string; readonly distance: number }[] = [];
  for (const name of known) {
    const candidate = name.toLowerCase();
    const contained = asked.length > 2 && (candidate.includes(asked) || asked.includes(candidate));
    const distance = contained ? Math.abs(candidate.length - asked.length) / 10 : editDistance(asked, candidate);
    if (distance <= Math.max(2, asked.length * 0.4)) ranked.push({ name, distance });
  }
  ranked.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return ranked.slice(0, count).map(({ name }) => name);
}

/** Levenshtein's distance, one row at a time. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
