import { CommanderError } from 'commander';
import { Output } from './output/output.js';
import { createProgram } from './program.js';
import type { Terminal } from './terminal.js';
import { CheckFailed, UsageError } from './usage-error.js';

/** What a command works with. */
export interface Session {
  readonly terminal: Terminal;
  readonly output: Output;
}

/** Exit codes: the command did its work; it failed, or what it checks is not so; the command line is wrong. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/**
 * Runs one command line, without the program's name, to its end.
 * @returns the exit code; nothing is thrown
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  // Read before parsing, so that the errors of parsing are told in the same way.
  const given = new Set(args.includes('--') ? args.slice(0, args.indexOf('--')) : args);
  const output = new Output(terminal, {
    json: given.has('--json'),
    quiet: given.has('--quiet') || given.has('-q'),
    verbose: given.has('--verbose'),
  });
  try {
    await createProgram({ terminal, output }).parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.done;
      if (output.options.json) output.problem(new UsageError(error.message.replace(/^error: /, '')), true);
      return exitCodes.usage;
    }
    if (error instanceof CheckFailed) {
      output.note(error.message);
      return exitCodes.failed;
    }
    output.problem(error);
    if (!(error instanceof UsageError)) return exitCodes.failed;
    output.note('Add --help to see how it is used.');
    return exitCodes.usage;
  }
}
