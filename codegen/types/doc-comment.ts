/** Longest line of running text in a comment, without its indentation. */
const TEXT_WIDTH = 100;

/** A doc comment of the given lines, indented, with a line break at its end; '' when there are none. */
export function docComment(lines: readonly string[], indent: number): string {
  const pad = ' '.repeat(indent);
  const [first] = lines;
  if (first === undefined) return '';
  if (lines.length === 1) return `${pad}/** ${first} */\n`;
  return `${pad}/**\n${lines.map((line) => `${pad} *${line === '' ? '' : ` ${line}`}\n`).join('')}${pad} */\n`;
}

/**
 * Text of a descriptor as lines for a comment. It cannot end the comment, carries no control or direction characters, and a
 * line cannot start a documentation tag. Long lines of prose are wrapped; tables, code and lists stay as they are.
 */
export function commentLines(text: string | undefined): string[] {
  if (text === undefined) return [];
  const trimmed = text.trim();
  if (trimmed === '') return [];
  if (trimmed.length <= TEXT_WIDTH && /^[ -?A-~][ -~]*$/.test(trimmed) && !trimmed.includes('*/')) return [trimmed];
  const lines: string[] = [];
  let fenced = false;
  for (const raw of text.split(/\r\n|[\n\r\u2028\u2029\u0085\v\f]/)) {
    const line = raw.replaceAll('\t', '  ').replace(unprintable, '').replaceAll('*/', '*\\/').trimEnd();
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    const tagged = fenced ? line : line.replace(/^(\s*)@/, '$1\\@');
    if (line === '' && (lines.length === 0 || lines.at(-1) === '')) continue;
    if (fenced || line.length <= TEXT_WIDTH || /^\s*(\||```|~~~| {4})/.test(line)) lines.push(tagged);
    else lines.push(...wrap(tagged));
  }
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

const unprintable = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

function wrap(line: string): string[] {
  const start = /^\s*/.exec(line)?.[0] ?? '';
  const hanging = start + (/^\s*(?:[-*+]|\d+\.)\s+/.test(line) ? '  ' : '');
  const lines: string[] = [];
  let current = start;
  let empty = true;
  for (const word of line.trim().split(/\s+/)) {
    if (!empty && current.length + 1 + word.length > TEXT_WIDTH) {
      lines.push(current);
      current = hanging;
      empty = true;
    }
    current += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, current].map((wrapped, position) =>
    position === 0 ? wrapped : wrapped.replace(/^(\s*)@/, '$1\\@'),
  );
}
