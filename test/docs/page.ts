import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A page of documentation, and what of it can be checked. */
export interface Page {
  /** From the root of the repository. */
  readonly file: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

export interface Block {
  /** Where the block begins, as `docs/cli.md:12`. */
  readonly place: string;
  /** The language of a fenced block; empty for an indented one. */
  readonly language: string;
  readonly text: string;
}

/** All pages: those at the top, and those in `docs`. */
export function readPages(): Page[] {
  const files = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
  for (const name of readdirSync(join(root, 'docs'))) if (name.endsWith('.md')) files.push(`docs/${name}`);
  return files.map((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return { file, text, blocks: blocksOf(file, text) };
  });
}

/** The code blocks, fenced or indented by four spaces (CommonMark §4.4, §4.5). */
function blocksOf(file: string, text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, fence, language = ''] = /^(```+)(\w*)/.exec(line) ?? [];
    const indented = fence === undefined && line.startsWith('    ') && isBlank(lines[at - 1]);
    if (fence === undefined && !indented) continue;
    const start = at;
    const body: string[] = indented ? [line.slice(4)] : [];
    for (at++; at < lines.length; at++) {
      const next = lines[at] ?? '';
      if (fence === undefined ? !next.startsWith('    ') : next.startsWith(fence)) break;
      body.push(fence === undefined ? next.slice(4) : next);
    }
    blocks.push({ place: `${file}:${start + 1}`, language, text: body.join('\n') });
  }
  return blocks;
}

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === '';

/** The page's text without its code, in which nothing is a link. */
export function prose({ text }: Page): string {
  return text.replace(/^(```+)[\s\S]*?^\1$/gm, '').replace(/^ {4}.*$/gm, '');
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(page: Page): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of prose(page).matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    let anchor = slug;
    for (let copy = 1; anchors.has(anchor); copy++) anchor = `${slug}-${copy}`;
    anchors.add(anchor);
  }
  return anchors;
}
