/** Whether a text is the one that a pattern means, in which `*` stands for any text. Case does not count. Linear. */
export function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const candidate = text.toLowerCase();
  const last = rest.pop();
  if (last === undefined) return candidate === first;
  if (candidate.length < first.length + last.length) return false;
  if (!candidate.startsWith(first) || !candidate.endsWith(last)) return false;
  const end = candidate.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = candidate.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
