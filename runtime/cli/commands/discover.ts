import type { Diagnostic } from '../../../config/model/service-object.js';
import { type DiscoveredMethod, type Discovery, discoveryOf } from '../installation/installation.js';
import { withOpenInstallation } from '../installation/open.js';
import { type InstallationOptions, type ServiceOptions, teach, withInstallation, withService } from '../options.js';
import type { Output } from '../output/output.js';
import { printable } from '../output/printable.js';
import type { Session } from '../run.js';
import { UsageError } from '../usage-error.js';
import type { Register } from './index.js';

type Options = ServiceOptions &
  InstallationOptions & { readonly methods?: boolean; readonly propose?: boolean; readonly name?: string };

/** `smartwright discover`: shows the service objects of a service; saves nothing. */
export const discover: Register = (program, session) => {
  const command = program
    .command('discover')
    .argument('[instance]', 'a stored service instance; or name a service by --type and --key')
    .description('Shows what a service offers, as service objects and methods. Saves nothing.')
    .option('--methods', 'list each method with its inputs (* marks the required ones)')
    .option('--propose', 'write how to authenticate, as YAML for apply: OAuth resource type and resource, instance')
    .option('--name <name>', "with --propose: the instance's system name (default: from the service's title)");
  teach(withInstallation(withService(command)), {
    examples: [
      'smartwright discover --type rest --key descriptor=openapi.yaml',
      'smartwright discover --type rest --key descriptor=https://api.example.com/openapi.json --json',
      'smartwright discover --type rest --key descriptor=openapi.yaml --methods',
      'smartwright discover --type rest --key descriptor=openapi.yaml --overlay crm-overlay.yaml',
      'smartwright discover --type rest --key descriptor=openapi.yaml --propose --name crm > crm.yaml',
      'smartwright discover crm',
    ],
    notes: `With --json: { serviceObjects, methods, operations, types, skipped: [{ operation, reason }], warnings, ms }; with
--propose { documents, ways, variables, notes }.`,
  }).action(async (name: string | undefined, options: Options) => {
    if (options.propose === true) return propose(name, options, session);
    if (options.name !== undefined) throw new UsageError('--name goes with --propose.');
    const started = performance.now();
    const found = await find(name, options, session);
    const ms = Math.round(performance.now() - started);
    session.output.result(summary(found, ms), () => text(found, ms, options.methods === true, session.output));
  });
};

async function propose(name: string | undefined, options: Options, session: Session): Promise<void> {
  checkSource(name, options);
  const { proposeInstalled, proposeService } = await import('../service/proposal.js');
  const proposal = await (name === undefined
    ? proposeService(options, session)
    : withOpenInstallation(options, (installation) => proposeInstalled(name, installation)));
  if (session.output.options.json) return session.output.result(proposal, () => '');
  const { writeProposal } = await import('../documents/write-proposal.js');
  session.output.content(writeProposal(proposal));
}

async function find(name: string | undefined, options: Options, session: Session): Promise<Discovery> {
  checkSource(name, options);
  const { progress } = session.output;
  const { signal } = session.terminal;
  if (name !== undefined) {
    return withOpenInstallation(options, (installation) => installation.discover(name, { progress, signal }));
  }
  const { openService } = await import('../service/direct-service.js');
  const service = await openService(options, session);
  return discoveryOf(await service.describe());
}

function checkSource(name: string | undefined, options: Options): void {
  if (name !== undefined && (options.type !== undefined || options.overlay !== undefined)) {
    throw new UsageError(
      'Name a stored instance, or a service by --type and --key; not both. A stored instance has its own overlay.',
    );
  }
  if (name === undefined && options.type === undefined)
    throw new UsageError('Name a stored instance, or a service, such as --type rest --key descriptor=openapi.yaml.');
}

function summary(found: Discovery, ms: number) {
  const skipped = found.diagnostics.filter(({ severity }) => severity === 'skipped');
  const warnings = found.diagnostics.filter(({ severity }) => severity === 'warning');
  return {
    serviceObjects: found.serviceObjects.length,
    methods: methodsOf(found).length,
    operations: found.operations,
    types: found.types,
    skipped: skipped.map(({ operation, location, message, code }) => ({
      operation: operation ?? location ?? '',
      reason: message,
      code,
      ...(location === undefined ? {} : { location }),
    })),
    warnings: warnings.map(({ operation, location, message, code }) => ({
      code,
      message,
      ...(operation === undefined ? {} : { operation }),
      ...(location === undefined ? {} : { location }),
    })),
    ms,
  };
}

const methodsOf = (found: Discovery): readonly DiscoveredMethod[] =>
  found.serviceObjects.flatMap(({ methods }) => methods);

/** Findings shown in full to a person; `--json` has all. */
const shownFindings = 20;

function text(found: Discovery, ms: number, withMethods: boolean, output: Output): string {
  const { serviceObjects, methods, operations, types } = summary(found, ms);
  const title = [found.title, found.version].filter((part) => part !== undefined).join(' ');
  const counts = `${serviceObjects} service objects, ${methods} methods of ${operations} operations, ${types} types (${ms} ms)`;
  const body = withMethods ? methodTable(found, output) : objectTable(found, output);
  return [title === '' ? counts : `${printable(title)}: ${counts}`, '', body, ...findings(found.diagnostics)].join(
    '\n',
  );
}

function objectTable({ serviceObjects }: Discovery, output: Output): string {
  return output.table(
    ['Service object', 'Methods', ''],
    serviceObjects.map(({ name, methods }) => [name, methods.length, methods.map((method) => method.name).join(' ')]),
  );
}

function methodTable({ serviceObjects }: Discovery, output: Output): string {
  const rows = serviceObjects.flatMap((object) =>
    object.methods.map((method) => [`${object.name}.${method.name}`, method.kind, inputsOf(method)]),
  );
  return output.table(['Method', 'Kind', 'Inputs'], rows);
}

function inputsOf({ input }: DiscoveredMethod): string {
  if (typeof input !== 'object') return '';
  const required = new Set(input.required ?? []);
  const names = Object.keys(input.properties ?? {});
  return names
    .toSorted((a, b) => Number(required.has(b)) - Number(required.has(a)))
    .map((name) => (required.has(name) ? `${name}*` : name))
    .join(' ');
}

function findings(diagnostics: readonly Diagnostic[]): string[] {
  if (diagnostics.length === 0) return [];
  const lines = diagnostics.slice(0, shownFindings).map(({ severity, operation, location, message }) => {
    const where = operation ?? location;
    return `${severity}: ${printable(where === undefined ? message : `${where}: ${message}`)}`;
  });
  const left = diagnostics.length - lines.length;
  return ['', ...lines, ...(left > 0 ? [`… and ${left} more; --json has all.`] : [])];
}
