import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { type Command, CommanderError } from 'commander';
import { Output } from '../../runtime/cli/output/output.js';
import { createProgram } from '../../runtime/cli/program.js';
import { commandsIn, smartwrightArguments, type Words } from './command-line.js';
import { type Page, readPages, root } from './page.js';

/** The command line's parser, and what it prints. */
function newProgram(): { readonly program: Command; readonly printed: () => string } {
  const stdout = new PassThrough();
  const terminal = {
    stdin: new PassThrough(),
    stdout,
    stderr: new PassThrough(),
    interactive: false,
    colour: false,
    signal: new AbortController().signal,
  };
  const output = new Output(terminal, { json: false, quiet: true, verbose: false });
  return { program: createProgram({ terminal, output }), printed: () => String(stdout.read() ?? '') };
}

/** What is wrong with a command line, before anything of it is run; undefined when nothing is. */
function fault(args: Words): string | undefined {
  let command = newProgram().program;
  let rest = [...args];
  while (command.commands.length > 0 && rest[0] !== undefined && !rest[0].startsWith('-')) {
    const [name] = rest;
    const next = command.commands.find((candidate) => candidate.name() === name);
    if (next === undefined) return `there is no command "${name}"`;
    [command, rest] = [next, rest.slice(1)];
  }
  try {
    const { operands, unknown } = command.parseOptions(rest);
    if (unknown.length > 0 && unknown[0] !== '--help' && unknown[0] !== '--version') return `unknown ${unknown[0]}`;
    if (unknown.length > 0) return undefined;
    const declared = command.registeredArguments;
    const least = declared.filter(({ required }) => required).length;
    const most = declared.some(({ variadic }) => variadic) ? Number.POSITIVE_INFINITY : declared.length;
    if (operands.length < least || operands.length > most) return `${operands.length} arguments`;
    const missing = command.options.find(
      (option) => option.mandatory && command.getOptionValue(option.attributeName()) === undefined,
    );
    return missing === undefined ? undefined : `${missing.flags} is missing`;
  } catch (error) {
    if (error instanceof CommanderError) return error.message;
    throw error;
  }
}

/** Whether a path leads to a group of commands, which does nothing by itself. */
const isGroup = (path: readonly string[], all: readonly (readonly string[])[]): boolean =>
  all.some((other) => other.length > path.length && path.every((name, at) => other[at] === name));

/** Every command and group, with its path. */
function* commandsOf(command: Command, path: readonly string[] = []): Generator<readonly string[]> {
  yield path;
  for (const child of command.commands) yield* commandsOf(child, [...path, child.name()]);
}

function helpOf(path: readonly string[]): string {
  const { program, printed } = newProgram();
  const command = path.reduce((at, name) => at.commands.find((child) => child.name() === name) ?? at, program);
  command.outputHelp();
  return printed();
}

const written = (pages: readonly Page[]): { place: string; words: Words }[] =>
  pages.flatMap(({ blocks }) =>
    blocks
      .filter(({ language }) => ['', 'sh', 'console'].includes(language))
      .flatMap(({ place, text }) => commandsIn(text).map((words) => ({ place, words }))),
  );

describe('the command lines of the documentation', () => {
  const commands = written(readPages());

  it('are found', () => {
    const places = commands.filter(({ words }) => smartwrightArguments(words) !== undefined).map(({ place }) => place);
    expect(places.length).to.be.greaterThan(40);
    expect(places.some((place) => place.startsWith('README.md'))).to.equal(true);
  });

  it('name commands, options and arguments that there are', () => {
    const faults = commands.flatMap(({ place, words }) => {
      const args = smartwrightArguments(words);
      const found = args === undefined ? undefined : fault(args);
      return found === undefined ? [] : [`${place}: ${words.join(' ')}: ${found}`];
    });
    expect(faults).to.deep.equal([]);
  });

  it('run scripts that the package has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
    const unknown = commands
      .filter(({ words: [program, verb] }) => program === 'npm' && verb === 'run')
      .map(({ words }) => words.slice(2).find((word) => !word.startsWith('-')) ?? '')
      // What the tutorial runs is a script of the scaffolded broker.
      .filter((script) => !Object.hasOwn(scripts, script));
    expect(unknown).to.deep.equal([]);
  });

  it('are known to be wrong when they are', () => {
    expect(fault(['discver'])).to.equal('there is no command "discver"');
    expect(fault(['discover', '--typ', 'rest'])).to.equal('unknown --typ');
    expect(fault(['discover', 'crm', 'erp'])).to.equal('2 arguments');
    expect(fault(['instance', 'show'])).to.equal('0 arguments');
    expect(fault(['user', 'add', 'alice', '--role', 'boss'])).to.include("argument 'boss' is invalid");
    expect(fault(['key', 'create', 'workflow'])).to.include('--as');
  });
});

describe('the help of each command', () => {
  const { program } = newProgram();
  const paths = [...commandsOf(program)];

  it('has examples that parse', () => {
    const faults = paths.flatMap((path) => {
      const examples = [...helpOf(path).matchAll(/^ {2}\$ (.+)$/gm)].flatMap(([, line = '']) => commandsIn(line));
      if (examples.length === 0) return [`${path.join(' ')}: no example`];
      return examples.flatMap((words) => {
        const args = smartwrightArguments(words);
        const found = args === undefined ? undefined : fault(args);
        return found === undefined ? [] : [`${words.join(' ')}: ${found}`];
      });
    });
    expect(faults).to.deep.equal([]);
  });

  it('is matched by an example in docs/cli.md', () => {
    const shown = written(readPages().filter(({ file }) => file === 'docs/cli.md'))
      .map(({ words }) => smartwrightArguments(words)?.join(' ') ?? '')
      .map((line) => `${line} `);
    const missing = paths
      .filter((path) => !isGroup(path, paths))
      .map((path) => path.join(' '))
      .filter((path) => !shown.some((line) => line.startsWith(`${path} `)));
    expect(missing).to.deep.equal([]);
  });

  it('is matched by a section of docs/cli.md', () => {
    const page = readPages().find(({ file }) => file === 'docs/cli.md')?.text ?? '';
    const titles = [...page.matchAll(/^#+ (.+)$/gm)].flatMap(([, title = '']) => title.split(/, | /));
    const missing = program.commands.map((command) => command.name()).filter((name) => !titles.includes(name));
    expect(missing).to.deep.equal([]);
  });
});
