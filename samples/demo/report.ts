import { table } from '../../runtime/cli/output/table.js';

/** What the demo prints: a heading for each part, a line for each thing as it happens, tables of results. */
export class Report {
  readonly #write: (text: string) => void;
  readonly #colour: boolean;
  readonly #started = performance.now();
  #part = 0;
  #afterBlank = true;

  constructor(write: (text: string) => void, colour: boolean) {
    this.#write = write;
    this.#colour = colour;
  }

  heading(text: string): void {
    this.#part += 1;
    this.#blank();
    this.#line(this.#style('1', `${this.#part}. ${text}`));
  }

  /** Something was done. */
  done(text: string): void {
    this.#line(`   ${this.#style('32', '✓')} ${text}`);
  }

  /** Something that explains what comes. */
  note(text: string): void {
    this.#line(`     ${this.#style('2', text)}`);
  }

  failed(text: string): void {
    this.#line(`   ${this.#style('31', '✗')} ${text.replaceAll('\n', '\n     ')}`);
  }

  table(heading: readonly string[], rows: readonly (readonly unknown[])[]): void {
    const [first = '', ...rest] = table(heading, rows).split('\n');
    this.#blank();
    this.#line(`     ${this.#style('1', first)}`);
    for (const line of rest) this.#line(`     ${line}`);
    this.#blank();
  }

  /** Names and what they stand for, in two columns. */
  links(links: readonly (readonly [name: string, target: string])[]): void {
    const width = Math.max(...links.map(([name]) => name.length));
    for (const [name, target] of links) this.#line(`     ${name.padEnd(width)}  ${target}`);
  }

  end(text: string): void {
    const seconds = ((performance.now() - this.#started) / 1_000).toFixed(1);
    this.#blank();
    this.#line(`${this.#style('1', text)} ${seconds} s`);
  }

  /** One blank line, never two. */
  #blank(): void {
    if (!this.#afterBlank) this.#line('');
    this.#afterBlank = true;
  }

  #line(text: string): void {
    this.#write(`${text}\n`);
    this.#afterBlank = false;
  }

  #style(code: string, text: string): string {
    return this.#colour ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}
