import type { AdminDocument } from '../../../config/model/admin-document.js';
import type { Saved } from '../../admin/admin.js';
import { localPrincipal } from '../../local-principal.js';
import type { Difference } from '../documents/difference.js';
import type { Installation } from '../installation/installation.js';
import { withOpenInstallation } from '../installation/open.js';
import { type InstallationOptions, type ReviewOptions, teach, withAccept, withInstallation } from '../options.js';
import type { Output } from '../output/output.js';
import { countsText } from '../output/review.js';
import { passphraseFrom } from '../passphrase.js';
import type { Session } from '../run.js';
import { differences, differenceTable } from './diff.js';
import type { Register } from './index.js';

type Options = InstallationOptions & Pick<ReviewOptions, 'accept'> & { readonly dryRun?: boolean };

/** `smartwright apply`: saves admin documents. */
export const apply: Register = (program, session) => {
  const command = program
    .command('apply')
    .argument('<file...>', 'YAML or JSON files, or folders of them')
    .description('Saves OAuth resource types, resources, service instances, users and API keys from files.')
    .option('--dry-run', 'check everything, say what would change, and save nothing');
  teach(withInstallation(withAccept(command)), {
    examples: [
      'smartwright apply smartwright.yaml --dry-run',
      'CLIENT_SECRET=s3cret smartwright apply smartwright.yaml',
      'smartwright apply config/ --json',
    ],
    notes: `A file holds one or several documents. \${env:NAME} inside a text is replaced from the environment; $\${env:NAME} stays as it is.
Documents are saved in order of dependency; a service instance is discovered before it is saved, and when its document is the same\nas before, breaking changes of its description must be accepted. An API key that is made now is
shown this once.
With --json: { applied: [{ kind, name, outcome, version, key? }] }; with --dry-run { changes: [{ kind, name, outcome, changes }] }.`,
  }).action(async (files: string[], options: Options) => {
    const { loadDocuments } = await import('../documents/load.js');
    const documents = await loadDocuments(files, passphraseFrom(session.terminal));
    await withOpenInstallation(options, (installation) =>
      options.dryRun === true
        ? rehearse(documents, installation, session)
        : save(documents, installation, options, session),
    );
  });
};

async function rehearse(documents: AdminDocument[], installation: Installation, { output }: Session): Promise<void> {
  const changes: Difference[] = await differences(documents, installation);
  output.result({ changes }, () => `${differenceTable(changes, output)}\n\nNothing was saved.`);
}

async function save(
  documents: AdminDocument[],
  installation: Installation,
  { accept }: Options,
  { output, terminal }: Session,
): Promise<void> {
  const { applyDocuments } = await import('../../admin/apply.js');
  const saver = {
    save(document: unknown): Promise<Saved> {
      const { kind, name } = document as AdminDocument;
      output.progress(`Saving ${kind} ${name}`);
      return installation.save(document, { progress: output.progress, signal: terminal.signal, accept });
    },
  };
  const saved = await applyDocuments(saver, documents, localPrincipal);
  output.result({ applied: saved.map(savedDocument) }, () => savedTable(saved, output));
}

/** What was saved, for `--json`: without the description, which `instance show` gives. */
export function savedDocument({ kind, name, outcome, version, description, review, key }: Saved) {
  return {
    kind,
    name,
    outcome,
    version,
    ...(description === undefined ? {} : { serviceObjects: description.serviceObjects, methods: description.methods }),
    ...(review === undefined ? {} : { impact: review.impact, counts: review.counts }),
    ...(key === undefined ? {} : { key }),
  };
}

export function savedTable(saved: readonly Saved[], output: Output): string {
  const rows = saved.map(({ kind, name, outcome, description, review }) => [
    kind,
    name,
    outcome,
    description === undefined ? '' : `${description.serviceObjects} service objects, ${description.methods} methods`,
    review === undefined || review.changes.length === 0 ? '' : countsText(review.counts),
  ]);
  const keys = saved.flatMap(({ name, key }) =>
    key === undefined ? [] : [`API key ${name}, shown this once: ${key}`],
  );
  return [output.table(['Kind', 'Name', 'Outcome', '', ''], rows), ...(keys.length === 0 ? [] : ['', ...keys])].join(
    '\n',
  );
}
