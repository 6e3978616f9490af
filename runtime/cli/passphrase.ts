import { environmentVariable } from './environment.js';
import { readPassword } from './read-password.js';
import type { Terminal } from './terminal.js';

/** The passphrase of an export with secrets: SMARTWRIGHT_PASSPHRASE, else what the person types or stdin gives; asked once. */
export function passphraseFrom(terminal: Terminal): () => Promise<string> {
  let asked: Promise<string> | undefined;
  return () => {
    const given = environmentVariable('SMARTWRIGHT_PASSPHRASE');
    asked ??= given === undefined || given === '' ? readPassword('Passphrase: ', terminal) : Promise.resolve(given);
    return asked;
  };
}
