import { writeFile } from 'node:fs/promises';
import { type DocumentKind, documentKinds } from '../../../config/model/admin-document.js';
import { withOpenInstallation } from '../installation/open.js';
import { type InstallationOptions, teach, withInstallation } from '../options.js';
import type { Register } from './index.js';

/** `smartwright export`: all admin documents as YAML. */
export const exportDocuments: Register = (program, { output }) => {
  const command = program
    .command('export')
    .description('Writes all admin documents as YAML that can be applied; never a secret.')
    .option('-o, --out <file>', 'the file to write (default: stdout)');
  teach(withInstallation(command), {
    examples: [
      'smartwright export --out smartwright.yaml',
      'smartwright export --server https://smartwright.example.com',
    ],
    notes: 'With --json: { documents: [...] }, or with --out { out, documents: n }.',
  }).action(async (options: InstallationOptions & { readonly out?: string }) => {
    const documents = await withOpenInstallation(options, (installation) => installation.documents());
    const order = (kind: DocumentKind): number => documentKinds.indexOf(kind);
    documents.sort((a, b) => order(a.kind) - order(b.kind));
    if (options.out === undefined && output.options.json) return output.result({ documents }, () => '');
    const { writeDocuments } = await import('../documents/write.js');
    const text = writeDocuments(documents);
    if (options.out === undefined) return output.content(text);
    await writeFile(options.out, text);
    const result = { out: options.out, documents: documents.length };
    output.result(result, () => `${options.out}: ${documents.length} documents`);
  });
};
