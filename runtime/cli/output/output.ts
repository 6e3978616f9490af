import type { Terminal } from '../terminal.js';
import { prettyJson } from './pretty-json.js';
import { printable } from './printable.js';
import { problemDocument, problemText } from './problem.js';
import { table } from './table.js';

export interface OutputOptions {
  /** One JSON document on stdout and nothing else there. */
  readonly json: boolean;
  /** No progress and no notes. */
  readonly quiet: boolean;
  /** Stack traces and causes with errors. */
  readonly verbose: boolean;
}

/** What a command says: its result on stdout, everything else on stderr. */
export class Output {
  readonly options: OutputOptions;
  readonly #terminal: Terminal;
  #progressShown = false;

  constructor(terminal: Terminal, options: OutputOptions) {
    this.#terminal = terminal;
    this.options = options;
  }

  /** The command's result: `document` with `--json`, else what `text` makes. */
  result(document: unknown, text: () => string): void {
    this.#clearProgress();
    const content = this.options.json ? prettyJson(document) : text();
    if (content !== '') this.#terminal.stdout.write(`${content}\n`);
  }

  /** A result that is a file's content, as it is. */
  content(text: string): void {
    this.#clearProgress();
    this.#terminal.stdout.write(text);
  }

  /** A line for the person, on stderr. */
  note(line: string): void {
    this.#clearProgress();
    if (!this.options.quiet) this.#terminal.stderr.write(`${line}\n`);
  }

  /** How far long work has come: one line that changes on a terminal, a line each elsewhere. */
  readonly progress = (message: string): void => {
    if (this.options.quiet) return;
    const line = printable(message);
    this.#clearProgress();
    this.#terminal.stderr.write(this.#terminal.interactive ? line : `${line}\n`);
    this.#progressShown = this.#terminal.interactive;
  };

  /**
   * An error: a problem document on stdout with `--json`, and its text on stderr either way.
   * @param told whether the person has been told already. Default false.
   */
  problem(error: unknown, told = false): void {
    this.#clearProgress();
    if (this.options.json) this.#terminal.stdout.write(`${prettyJson(problemDocument(error))}\n`);
    if (!told) this.#terminal.stderr.write(`${problemText(error, this.options.verbose)}\n`);
  }

  table(heading: readonly string[], rows: readonly (readonly unknown[])[]): string {
    return table(heading, rows, { colour: this.#terminal.colour });
  }

  #clearProgress(): void {
    if (!this.#progressShown) return;
    this.#terminal.stderr.write('\r\u001b[K');
    this.#progressShown = false;
  }
}
