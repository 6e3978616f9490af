import { existsSync } from 'node:fs';
import type { AdminDocument } from '../../../config/model/admin-document.js';
import { isSystemName } from '../../../config/model/names.js';
import type { OAuthResourceType } from '../../../config/model/oauth-resource-type.js';
import { type Difference, difference } from '../documents/difference.js';
import { secretPlaces } from '../documents/secret-places.js';
import type { Installation } from '../installation/installation.js';
import { withOpenInstallation } from '../installation/open.js';
import { type InstallationOptions, type ReviewOptions, teach, withInstallation, withModules } from '../options.js';
import type { Output } from '../output/output.js';
import { printable } from '../output/printable.js';
import { passphraseFrom } from '../passphrase.js';
import type { Session } from '../run.js';
import { CheckFailed } from '../usage-error.js';
import type { Register } from './index.js';

type Options = InstallationOptions & Pick<ReviewOptions, 'modules'> & { readonly check?: boolean };

/** `smartwright diff`: what `apply` or `instance refresh` would change. */
export const diff: Register = (program, { output, terminal }) => {
  const command = program
    .command('diff')
    .argument('<file...>', 'YAML or JSON files, or folders of them; or the name of one service instance')
    .description('Shows what applying files, or refreshing an instance, would change, without changing it.')
    .option('--check', 'fail when anything would change');
  teach(withInstallation(withModules(command)), {
    examples: [
      'smartwright diff smartwright.yaml',
      'smartwright diff config/ --check --json',
      'smartwright diff crm --modules src/crm',
    ],
    notes: `A secret that a file sets always counts as a change: the stored one cannot be read, so it cannot be compared.
With --json: { changes: [{ kind, name, outcome, changes: [{ pointer, before?, after? }] }] }.
Of an instance, the service is described anew and compared with what is stored: breaking changes (!) first, those to know of (?),
additions (+), and what depends on them. With --json: { id, impact, counts, changes, dependents, modules }.`,
    failed: 'failed, or with --check something would change',
  }).action(async (files: string[], options: Options) => {
    const [only, ...more] = files;
    if (only !== undefined && more.length === 0 && namesInstance(only)) {
      await reviewInstance(only, options, { output, terminal });
      return;
    }
    const { loadDocuments } = await import('../documents/load.js');
    const documents = await loadDocuments(files, passphraseFrom(terminal));
    const changes = await withOpenInstallation(options, (installation) => differences(documents, installation));
    output.result({ changes }, () => differenceTable(changes, output));
    const open = changes.filter(({ outcome }) => outcome !== 'unchanged').length;
    if (options.check === true && open > 0)
      throw new CheckFailed(`${open} of ${changes.length} documents would change.`);
  });
};

/** What is the name of nothing in this folder, and could be a system name, is an instance's. */
const namesInstance = (text: string): boolean => isSystemName(text) && !existsSync(text);

async function reviewInstance(name: string, options: Options, { output, terminal }: Session): Promise<void> {
  const work = { progress: output.progress, signal: terminal.signal };
  const review = await withOpenInstallation(options, (installation) => installation.review(name, work));
  const { modulesOf } = await import('./instance-review.js');
  const { reviewText } = await import('../output/review.js');
  const modules = await modulesOf(review, options);
  output.result({ ...review, modules }, () => reviewText(review, modules));
  if (options.check === true && review.impact !== 'none')
    throw new CheckFailed(`The description of ${name} would change.`);
}

/** Compares documents with those of an installation. */
export async function differences(
  documents: readonly AdminDocument[],
  installation: Installation,
): Promise<Difference[]> {
  const { withServiceKeys } = await import('../documents/service-keys.js');
  const all = await installation.documents();
  const stored = new Map(all.map((document) => [`${document.kind}/${document.name}`, document]));
  const types = new Map<string, OAuthResourceType>();
  for (const document of [...all, ...documents]) {
    if (document.kind === 'OAuthResourceType') types.set(document.name, document);
  }
  return Promise.all(
    documents.map(async (document) => {
      const complete = await withServiceKeys(document);
      return difference(complete, stored.get(`${document.kind}/${document.name}`), secretPlaces(complete, types));
    }),
  );
}

const marks = { created: '+', changed: '~', unchanged: ' ' } as const;

/** One line for each document, and below it one for each change. */
export function differenceTable(changes: readonly Difference[], output: Output): string {
  const lines = changes.flatMap(({ kind, name, outcome, changes: fields }) => [
    `${marks[outcome]} ${kind} ${name}: ${outcome}`,
    ...fields.map(({ pointer, before, after }) => `    ${pointer || '/'}: ${shown(before)} → ${shown(after)}`),
  ]);
  const count = (wanted: Difference['outcome']): number => changes.filter(({ outcome }) => outcome === wanted).length;
  const total = `${count('created')} to create, ${count('changed')} to change, ${count('unchanged')} unchanged`;
  return output.options.quiet ? lines.join('\n') : [...lines, '', total].join('\n');
}

function shown(value: unknown): string {
  const text = value === undefined ? '(none)' : printable(JSON.stringify(value));
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
