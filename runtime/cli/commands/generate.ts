import type { TypeMap } from '../../../config/model/json-schema.js';
import { camelCase } from '../../../config/model/names.js';
import type { SmartObject } from '../../../config/model/smart-object.js';
import { withOpenInstallation } from '../installation/open.js';
import {
  commaSeparated,
  type InstallationOptions,
  type ServiceOptions,
  teach,
  withInstallation,
  withService,
} from '../options.js';
import type { Session } from '../run.js';
import { named } from '../service/select-method.js';
import { CheckFailed, UsageError } from '../usage-error.js';
import type { Register } from './index.js';

type Options = ServiceOptions &
  InstallationOptions & {
    readonly out: string;
    readonly check?: boolean;
    readonly objects?: readonly string[];
    readonly name?: string;
  };

interface Source {
  readonly objects: readonly SmartObject[];
  readonly types: TypeMap;
}

/** `smartwright generate`: writes typed modules. */
export const generate: Register = (program, session) => {
  const command = program
    .command('generate')
    .argument('[instance]', 'a stored service instance; or name a service by --type and --key')
    .description('Writes typed TypeScript modules for the SmartObjects of a service.')
    .requiredOption('-o, --out <folder>', 'where the modules go; made when missing')
    .option('--check', 'write nothing; fail when the folder is not what would be written')
    .option('--objects <names>', 'only these, separated by commas, and the types that they need', commaSeparated)
    .option(
      '--name <name>',
      "the instance's name in the modules; with --type only (default: from the service's title)",
    );
  teach(withInstallation(withService(command)), {
    examples: [
      'smartwright generate --type rest --key descriptor=openapi.yaml --out src/crm --name crm',
      'smartwright generate --type rest --key descriptor=openapi.yaml --out src/crm --name crm --check',
      'smartwright generate crm --objects Contact,Company --out src/crm',
    ],
    notes: `The modules import only smartwright/client. A file in the folder that was not generated is never touched.
With --json: { out, objects, files, written, unchanged, removed, ms }; with --check { out, objects, files, drift, ms }.`,
    failed: 'failed, or with --check the folder has drifted',
  }).action(async (instance: string | undefined, options: Options) => {
    await run(instance, options, session);
  });
};

async function run(instance: string | undefined, options: Options, session: Session): Promise<void> {
  const started = performance.now();
  const source = await sourceOf(instance, options, session);
  const objects = selected(source.objects, options.objects);
  const { checkModules, generateModules, writeModules } = await import('../../../codegen/index.js');
  const files = generateModules(objects, source.types);
  const result = { out: options.out, objects: objects.length, files: files.length };
  if (options.check === true) {
    const drift = checkModules(files, options.out);
    const ms = Math.round(performance.now() - started);
    const lines = drift.map(({ path, kind }) => `${kind}: ${path}`);
    session.output.result({ ...result, drift, ms }, () =>
      drift.length === 0 ? `${options.out} is up to date: ${files.length} files.` : lines.join('\n'),
    );
    if (drift.length > 0) throw new CheckFailed(`${options.out} has drifted. Run the same command without --check.`);
    return;
  }
  const { written, unchanged, removed } = writeModules(files, options.out);
  const ms = Math.round(performance.now() - started);
  session.output.result(
    { ...result, written: written.length, unchanged: unchanged.length, removed: removed.length, ms },
    () =>
      `${options.out}: ${files.length} files for ${objects.length} SmartObjects; ` +
      `${written.length} written, ${unchanged.length} unchanged, ${removed.length} removed (${ms} ms)`,
  );
}

async function sourceOf(instance: string | undefined, options: Options, session: Session): Promise<Source> {
  if (instance !== undefined) {
    if (options.type !== undefined || options.name !== undefined || options.overlay !== undefined) {
      throw new UsageError(
        '--type, --name and --overlay go with a service that is not stored; a stored instance has its own overlay.',
      );
    }
    return withOpenInstallation(options, (installation) => installation.objects(instance));
  }
  if (options.type === undefined) {
    throw new UsageError('Name a stored instance, or a service, such as --type rest --key descriptor=openapi.yaml.');
  }
  const { openService } = await import('../service/direct-service.js');
  const { deriveSmartObjects } = await import('../../../codegen/index.js');
  const service = await openService(options, session);
  const description = await service.describe();
  const name = camelCase(options.name ?? description.title ?? service.broker.type);
  const objects = deriveSmartObjects({ name, displayName: options.name ?? description.title ?? name }, description);
  return { objects, types: description.types };
}

/** The SmartObjects with these names, with or without their instance's name before them. */
function selected(objects: readonly SmartObject[], names: readonly string[] | undefined): readonly SmartObject[] {
  if (names === undefined) return objects;
  const short = objects.map((object) => ({ name: object.name.slice(object.instance.length + 1), object }));
  const known = new Set(objects.map(({ name }) => name.toLowerCase()));
  const wanted = names.map((name) =>
    known.has(name.toLowerCase()) ? named(objects, name, 'SmartObject') : named(short, name, 'SmartObject').object,
  );
  return [...new Set(wanted)];
}
