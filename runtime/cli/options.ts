import { type Command, InvalidArgumentError, Option } from 'commander';

export interface Lesson {
  /** Command lines that run as they stand, without the prompt. */
  readonly examples: readonly string[];
  /** What else a person must know, in a few lines. */
  readonly notes?: string;
  /** What exit code 1 means here, when it means more than that it failed. */
  readonly failed?: string;
}

/** Adds what each command has in common: `--json`, `--quiet`, `--verbose`, and help that teaches. */
export function teach(command: Command, lesson: Lesson): Command {
  const examples = lesson.examples.map((line) => `  $ ${line}`).join('\n');
  const notes = lesson.notes === undefined ? '' : `\n${lesson.notes.trim()}\n`;
  const failed = lesson.failed ?? 'failed; the message says what was wrong and what to do';
  return command
    .option('--json', 'print one JSON document on stdout and nothing else there')
    .option('-q, --quiet', 'no progress and no notes on stderr')
    .option('--verbose', 'causes and stack traces with errors')
    .addHelpText(
      'after',
      `${notes}\nExamples:\n${examples}\n\nExit codes: 0 done · 1 ${failed} · 2 the command line is wrong`,
    );
}

/** Adds to a group of commands what each does with an example. */
export function teachGroup(group: Command, examples: readonly string[]): Command {
  const lines = examples.map((line) => `  $ ${line}`).join('\n');
  return group
    .helpCommand('help [command]', 'explain a command')
    .addHelpText('after', `\nExamples:\n${lines}\n\nEach command explains itself with --help.`);
}

/** Options of a command that needs a service only, and neither a server nor a store. */
export interface ServiceOptions {
  readonly type?: string;
  readonly key: readonly string[];
  readonly header: readonly string[];
  readonly allowHost: readonly string[];
  readonly overlay?: string;
}

export function withService(command: Command): Command {
  return command
    .option('--type <type>', 'the service type, such as rest; works without a server and a store')
    .addOption(
      new Option(
        '-k, --key <name=value>',
        'a service key, by system name, in kebab case or by display name; repeatable',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option('--header <name: value>', 'a header for requests to the service; repeatable')
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option('--allow-host <host>', 'a private host that may be reached; those typed in --key are')
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--overlay <file>', 'an overlay in YAML or JSON: renames, hides, regroups and retypes what is discovered');
}

/** Options of a command that works on an installation: the store of a data folder, or a server. */
export interface InstallationOptions {
  readonly data?: string;
  readonly server?: string;
  readonly apiKey?: string;
}

export function withInstallation(command: Command): Command {
  return withData(command)
    .option(
      '--server <url>',
      'use the installation behind this server (default: SMARTWRIGHT_URL, else the data folder)',
    )
    .option('--api-key <key>', 'the API key to use with the server (default: SMARTWRIGHT_API_KEY)');
}

export function withData(command: Command): Command {
  return command.option('--data <folder>', 'the data folder (default: SMARTWRIGHT_DATA, else ./.smartwright)');
}

/** Options of a command that may change a description under its callers. */
export interface ReviewOptions {
  readonly accept?: true | string;
  readonly modules: readonly string[];
}

export function withAccept(command: Command): Command {
  return command.option(
    '--accept [id]',
    'save breaking changes too: whatever there are, or only the difference that a review named so',
  );
}

export function withModules(command: Command): Command {
  return command.addOption(
    new Option('--modules <folder>', 'also name the generated modules there that the changes touch; repeatable')
      .argParser(collect)
      .default([], 'none'),
  );
}

const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

/** `A,B` → `['A', 'B']`; for `Option.argParser`. */
export function commaSeparated(value: string): string[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Give names separated by commas, such as Contact,Company.');
  return names;
}

/** A whole number from 1; for `Option.argParser`. */
export function wholeNumber(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError('Give a whole number, such as 3.');
  return Number(value);
}

/** A TCP port; for `Option.argParser`. */
export function portNumber(value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError('A port is a number from 0 to 65535; 0 takes a free one.');
  return port;
}
