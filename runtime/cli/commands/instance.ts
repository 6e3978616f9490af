import type { ServiceInstance } from '../../../config/model/service-instance.js';
import type { DescriptionSummary } from '../../../config/store/store.js';
import { withOpenInstallation } from '../installation/open.js';
import {
  type InstallationOptions,
  type ReviewOptions,
  teach,
  teachGroup,
  withAccept,
  withInstallation,
} from '../options.js';
import type { Output } from '../output/output.js';
import { printable } from '../output/printable.js';
import { passphraseFrom } from '../passphrase.js';
import { named } from '../service/select-method.js';
import { UsageError } from '../usage-error.js';
import { savedDocument, savedTable } from './apply.js';
import type { Register } from './index.js';
import { registerReview } from './instance-review.js';

/** `smartwright instance`: the service instances of an installation. */
export const instance: Register = (program, { output, terminal }) => {
  const group = teachGroup(
    program.command('instance').description('Lists, shows, saves, refreshes and deletes service instances.'),
    ['smartwright instance list', 'smartwright instance show crm', 'smartwright instance refresh crm'],
  );
  const work = { progress: output.progress, signal: terminal.signal };

  teach(withInstallation(group.command('list').description('Lists the service instances with what was discovered.')), {
    examples: ['smartwright instance list', 'smartwright instance list --json'],
  }).action(async (options: InstallationOptions) => {
    const rows = await withOpenInstallation(options, async (installation) =>
      Promise.all(
        (await installation.documentsOf('ServiceInstance')).map(async (one) =>
          overview(one, await installation.summary(one.name)),
        ),
      ),
    );
    output.result({ instances: rows }, () => listText(rows, output));
  });

  teach(
    withInstallation(group.command('show <name>').description('Shows one service instance and its SmartObjects.')),
    {
      examples: ['smartwright instance show crm'],
    },
  ).action(async (name: string, options: InstallationOptions) => {
    const shown = await withOpenInstallation(options, async (installation) => {
      const document = named(await installation.documentsOf('ServiceInstance'), name, 'service instance');
      const [description, objects] = await Promise.all([
        installation.summary(document.name),
        installation.listObjects(document.name),
      ]);
      return { document, description, objects };
    });
    output.result(shown, () => {
      const facts = Object.entries(overview(shown.document, shown.description));
      const rows = shown.objects.map((object) => [object.name, object.methods.map((method) => method.name).join(' ')]);
      const found = (shown.description?.diagnostics ?? []).map(({ severity, operation, message }) =>
        printable(`${severity}: ${operation === undefined ? '' : `${operation}: `}${message}`),
      );
      return [output.table(['', ''], facts), '', output.table(['SmartObject', 'Methods'], rows), ...found]
        .join('\n')
        .trim();
    });
  });

  teach(
    withInstallation(
      withAccept(
        group.command('save <file>').description('Saves the service instances of a file; each is discovered first.'),
      ),
    ),
    {
      examples: ['smartwright instance save crm.yaml'],
    },
  ).action(async (file: string, options: InstallationOptions & Pick<ReviewOptions, 'accept'>) => {
    const { loadDocuments } = await import('../documents/load.js');
    const documents = await loadDocuments([file], passphraseFrom(terminal));
    const other = documents.find(({ kind }) => kind !== 'ServiceInstance');
    if (other !== undefined)
      throw new UsageError(`${file} holds ${other.kind} "${other.name}" too; use smartwright apply.`);
    const saved = await withOpenInstallation(options, async (installation) => {
      const all = [];
      for (const document of documents)
        all.push(await installation.save(document, { ...work, accept: options.accept }));
      return all;
    });
    output.result({ applied: saved.map(savedDocument) }, () => savedTable(saved, output));
  });

  registerReview(group, { output, terminal });

  teach(withInstallation(group.command('delete <name>').description('Deletes an instance with its SmartObjects.')), {
    examples: ['smartwright instance delete crm'],
  }).action(async (name: string, options: InstallationOptions) => {
    await withOpenInstallation(options, (installation) => installation.delete('ServiceInstance', name));
    output.result({ deleted: name }, () => `Service instance ${name} is deleted.`);
  });
};

function overview({ name, type, authentication }: ServiceInstance, summary: DescriptionSummary | undefined) {
  return {
    name,
    type,
    authentication: authentication.mode,
    serviceObjects: summary?.serviceObjects ?? null,
    methods: summary?.methods ?? null,
    skipped: summary?.diagnostics.filter(({ severity }) => severity === 'skipped').length ?? null,
    describedAt: summary?.describedAt ?? null,
  };
}

function listText(rows: readonly ReturnType<typeof overview>[], output: Output): string {
  if (rows.length === 0) return 'There is no service instance. Save one with: smartwright apply FILE';
  const heading = ['Name', 'Type', 'Authentication', 'Objects', 'Methods', 'Skipped', 'Described at'];
  return output.table(
    heading,
    rows.map((row) => Object.values(row)),
  );
}
