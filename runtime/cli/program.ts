import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { findPackageFile } from '../../config/model/package-file.js';
import { commands } from './commands/index.js';
import type { Session } from './run.js';

const overview = `
Without a server and without a store, on a description alone:
  $ smartwright discover --type rest --key descriptor=openapi.yaml
  $ smartwright generate --type rest --key descriptor=openapi.yaml --out src/crm
  $ smartwright call --type rest --key descriptor=openapi.yaml Contact.Read --input '{"id":"42"}'

With an installation, in the data folder or behind a server:
  $ smartwright apply smartwright.yaml
  $ smartwright start
  $ smartwright call crm_Contact.List --input '{"limit":5}'

Each command explains itself: smartwright COMMAND --help. In a checkout: npm run -s smartwright -- COMMAND

SMARTWRIGHT_DATA names the data folder; SMARTWRIGHT_URL and SMARTWRIGHT_API_KEY a server to use instead.

Exit codes: 0 done · 1 failed, or a check did not hold · 2 the command line is wrong`;

/** The whole command line. Nothing heavy is loaded before a command runs. */
export function createProgram(session: Session): Command {
  const { stdout, stderr } = session.terminal;
  const program = new Command('smartwright')
    .description(
      'Turns REST services into typed SmartObjects that forms, workflows and programs call; runs the OAuth token flow.',
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(`${text.trimEnd()}\n`),
    })
    .showHelpAfterError('Add --help to see how it is used.')
    .configureHelp({ sortSubcommands: false })
    .version(packageVersion(), '--version', 'print the version')
    .enablePositionalOptions()
    .helpOption('-h, --help', 'show this text')
    .helpCommand('help [command]', 'explain a command')
    .addHelpText('after', overview);
  for (const register of commands) register(program, session);
  return program;
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(findPackageFile('package.json'), 'utf8')) as { version: string };
  return version;
}
