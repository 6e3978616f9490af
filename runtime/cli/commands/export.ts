import { writeFile } from 'node:fs/promises';
import { type AdminDocument, type DocumentKind, documentKinds } from '../../../config/model/admin-document.js';
import { withOpenInstallation } from '../installation/open.js';
import { type InstallationOptions, teach, withInstallation } from '../options.js';
import { passphraseFrom } from '../passphrase.js';
import { UsageError } from '../usage-error.js';
import type { Register } from './index.js';

type Options = InstallationOptions & { readonly out?: string; readonly secrets?: boolean };

/** `smartwright export`: all admin documents, as YAML without secrets or, with them, under a passphrase. */
export const exportDocuments: Register = (program, { output, terminal }) => {
  const command = program
    .command('export')
    .description(
      'Writes all admin documents as YAML that can be applied; with secrets only when asked, and then encrypted.',
    )
    .option('-o, --out <file>', 'the file to write (default: stdout)')
    .option('--secrets', 'with the secrets, the whole encrypted to a passphrase; needs --out');
  teach(withInstallation(command), {
    examples: [
      'smartwright export --out smartwright.yaml',
      'smartwright export --server https://smartwright.example.com',
      'SMARTWRIGHT_PASSPHRASE="four words that nobody guesses" smartwright export --secrets --out smartwright.sealed',
    ],
    notes: `--secrets takes the passphrase from SMARTWRIGHT_PASSPHRASE, else it asks; "smartwright apply" opens the file with the same one. It
holds client secrets, static credentials and secret service keys; never a token, a password of a user or the value of an API key.
With --json: { documents: [...] }, or with --out { out, documents: n }.`,
  }).action(async (options: Options) => {
    const { out, secrets = false } = options;
    if (secrets && out === undefined) throw new UsageError('--secrets needs --out: name the file to write.');
    const documents = ordered(
      await withOpenInstallation(options, (installation) =>
        secrets ? installation.documentsWithSecrets() : installation.documents(),
      ),
    );
    if (out === undefined && output.options.json) return output.result({ documents }, () => '');
    const { writeDocuments } = await import('../documents/write.js');
    const text = writeDocuments(documents);
    if (out === undefined) return output.content(text);
    if (secrets) {
      const { sealText } = await import('../documents/sealed.js');
      await writeFile(out, await sealText(text, await passphraseFrom(terminal)()), { mode: 0o600 });
    } else await writeFile(out, text);
    const result = { out, documents: documents.length, ...(secrets ? { sealed: true } : {}) };
    output.result(result, () => `${out}: ${documents.length} documents${secrets ? ', encrypted' : ''}`);
  });
};

function ordered(documents: readonly AdminDocument[]): AdminDocument[] {
  const order = (kind: DocumentKind): number => documentKinds.indexOf(kind);
  return documents.toSorted((a, b) => order(a.kind) - order(b.kind));
}
