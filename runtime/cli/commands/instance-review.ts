import type { Command } from 'commander';
import { CallerError } from '../../../config/model/errors.js';
import type { DescriptionSummary } from '../../../config/store/store.js';
import type { Review } from '../../admin/review.js';
import { withOpenInstallation } from '../installation/open.js';
import {
  type InstallationOptions,
  type ReviewOptions,
  teach,
  wholeNumber,
  withAccept,
  withInstallation,
  withModules,
} from '../options.js';
import { type AffectedModule, changeLine, reviewText, versionRow } from '../output/review.js';
import type { Session } from '../run.js';

/** `smartwright instance refresh`, `history` and `restore`: what an instance is described as now, and what it was before. */
export function registerReview(group: Command, { output, terminal }: Session): void {
  const work = { progress: output.progress, signal: terminal.signal };

  const refresh = group
    .command('refresh <name>')
    .description('Discovers an instance again, shows what changed, and replaces its SmartObjects.');
  teach(withInstallation(withModules(withAccept(refresh))), {
    examples: [
      'smartwright instance refresh crm',
      'smartwright instance refresh crm --accept',
      'smartwright instance refresh crm --modules src/crm --json',
    ],
    notes: `Breaking changes are shown first and nothing is saved, unless they are accepted. smartwright diff crm shows the changes and never
saves. The former description can be restored.
With --json: { …summary, review: { id, impact, counts, changes, dependents }, modules }.`,
  }).action(async (name: string, options: InstallationOptions & ReviewOptions) => {
    await withOpenInstallation(options, async (installation) => {
      const { accept } = options;
      try {
        const refreshed = await installation.refresh(name, { ...work, accept });
        const modules = await modulesOf(refreshed.review, options);
        output.result(
          { ...refreshed, modules },
          () => `${reviewText(refreshed.review, modules)}\n${stored(refreshed)}`,
        );
      } catch (error) {
        const review = refusedReview(error);
        if (review !== undefined) output.note(reviewText(review, await modulesOf(review, options)));
        throw error;
      }
    });
  });

  teach(
    withInstallation(
      group
        .command('history <name>')
        .description('Lists the descriptions that an instance has or had, the newest first.'),
    ).option('--version <n>', 'what this version changed from the one before', wholeNumber),
    {
      examples: ['smartwright instance history crm', 'smartwright instance history crm --version 3'],
      notes: `The last 20 are kept.
With --json: { versions: [{ version, current, describedAt, by, changes }] }; with --version { version, …, differences: […] }.`,
    },
  ).action(async (name: string, options: InstallationOptions & { readonly version?: number }) => {
    const { version } = options;
    await withOpenInstallation(options, async (installation) => {
      if (version === undefined) {
        const versions = await installation.versions(name);
        const heading = ['Version', 'Described at', 'By', 'Service', 'Methods', 'Changes'];
        output.result({ versions }, () => output.table(heading, versions.map(versionRow)));
      } else {
        const changes = await installation.version(name, version);
        output.result(changes, () => changes.differences.map(changeLine).join('\n') || 'No changes.');
      }
    });
  });

  teach(
    withInstallation(
      group
        .command('restore <name>')
        .description('Brings a former description of an instance back, with its SmartObjects.'),
    ).requiredOption('--version <n>', 'the version, as instance history lists it', wholeNumber),
    {
      examples: ['smartwright instance restore crm --version 3'],
      notes:
        'The service is not asked. The restored description becomes the newest version; the next refresh discovers again.',
    },
  ).action(async (name: string, options: InstallationOptions & { readonly version: number }) => {
    const refreshed = await withOpenInstallation(options, (installation) =>
      installation.restore(name, options.version),
    );
    output.result(refreshed, () => `${reviewText(refreshed.review)}\n${stored(refreshed)}`);
  });
}

const stored = ({ instance: name, serviceObjects, methods, types }: DescriptionSummary): string =>
  `${name}: ${serviceObjects} service objects, ${methods} methods, ${types} types`;

/** The generated modules in the folders of `--modules` that a review touches. */
export async function modulesOf(
  review: Review,
  { modules }: Pick<ReviewOptions, 'modules'>,
): Promise<AffectedModule[]> {
  if (modules.length === 0) return [];
  const { affectedModules } = await import('../documents/affected-modules.js');
  return affectedModules(review, modules);
}

/** The review that a refusal carries. */
function refusedReview(error: unknown): Review | undefined {
  if (!(error instanceof CallerError)) return undefined;
  return error.extensions.review as Review | undefined;
}
