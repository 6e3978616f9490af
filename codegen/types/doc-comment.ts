import { markdownOf } from './markdown.js';

/** Longest line of running text in a comment, without its indentation. */
const TEXT_WIDTH = 100;

/** Longest text of a descriptor in a comment, in characters. Beyond it nobody reads on, and the descriptor is there. */
const MAX_TEXT = 4_000;

/** A doc comment of the given lines, indented, with a line break at its end; '' when there are none. */
export function docComment(lines: readonly string[], indent: number): string {
  const pad = ' '.repeat(indent);
  const [first] = lines;
  if (first === undefined) return '';
  if (lines.length === 1) return `${pad}/** ${first} */\n`;
  return `${pad}/**\n${lines.map((line) => `${pad} *${line === '' ? '' : ` ${line}`}\n`).join('')}${pad} */\n`;
}

/**
 * Text of a descriptor (Markdown, or HTML) as lines for a comment. It cannot end the comment, carries no control or direction
 * characters, and a line cannot start a documentation tag. A paragraph with long lines is filled anew; tables, code and
 * headings stay as they are.
 */
export function commentLines(text: string | undefined): string[] {
  if (text === undefined) return [];
  const trimmed = text.trim();
  if (trimmed === '') return [];
  if (trimmed.length <= TEXT_WIDTH && PLAIN.test(trimmed) && !trimmed.includes('*/')) return [trimmed];
  const lines: string[] = [];
  for (const block of blocksOf(markdownOf(shortened(trimmed)).trim())) {
    const long = block.prose && block.lines.some((line) => line.length > TEXT_WIDTH);
    lines.push(...(long ? fill(block.lines) : block.lines));
  }
  return lines
    .map(harmless)
    .filter((line, at, all) => line !== '' || (at > 0 && at < all.length - 1 && all[at - 1] !== ''));
}

/** The text as far as it goes into a comment, cut between paragraphs or words. */
function shortened(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  const head = text.slice(0, MAX_TEXT);
  const paragraph = head.lastIndexOf('\n\n');
  return `${paragraph > MAX_TEXT / 2 ? `${head.slice(0, paragraph)}\n\n` : head.slice(0, head.lastIndexOf(' ') + 1)}…`;
}

/** A line of ASCII that is neither a tag nor markup. */
const PLAIN = /^[ -;=?A-~][ -;=-~]*$/;

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029\u0085\v\f]/;
const UNPRINTABLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Nothing in a line can end the comment or be taken for a documentation tag. */
const harmless = (line: string): string => line.replaceAll('*/', '*\\/').replace(/^(\s*)@/, '$1\\@');

interface Block {
  /** Running text: its line breaks mean nothing. */
  readonly prose: boolean;
  readonly lines: string[];
}

/** Paragraphs, list items, and lines that stand for themselves. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let fenced = false;
  for (const raw of text.split(LINE_BREAK)) {
    const line = raw.replaceAll('\t', '  ').replace(UNPRINTABLE, '').trimEnd();
    const fence = /^\s*(?:```|~~~)/.test(line);
    const prose = !fenced && !fence && line !== '' && !/^(?:\s*(?:[|#>=]|-{3})| {4})/.test(line);
    if (fence) fenced = !fenced;
    const last = blocks.at(-1);
    if (prose && last?.prose && !LIST_ITEM.test(line)) last.lines.push(line);
    else blocks.push({ prose, lines: [line] });
  }
  return blocks;
}

const LIST_ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/;

/** Fills lines with the words of a paragraph or list item. */
function fill(paragraph: readonly string[]): string[] {
  const [first = ''] = paragraph;
  const start = /^\s*/.exec(first)?.[0] ?? '';
  const hanging = LIST_ITEM.test(first) ? `${start}  ` : start;
  const lines: string[] = [];
  let current = start;
  let empty = true;
  for (const word of paragraph.join(' ').trim().split(/\s+/)) {
    if (!empty && current.length + 1 + word.length > TEXT_WIDTH) {
      lines.push(current);
      current = hanging;
      empty = true;
    }
    current += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, current];
}
