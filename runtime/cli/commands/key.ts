import { InvalidArgumentError, Option } from 'commander';
import { CallerError } from '../../../config/model/errors.js';
import type { ActsAs, ApiKey } from '../../../config/model/identity.js';
import { type Role, roles } from '../../../config/model/principal.js';
import { withOpenInstallation } from '../installation/open.js';
import { type InstallationOptions, teach, teachGroup, withInstallation } from '../options.js';
import type { Register } from './index.js';

type CreateOptions = InstallationOptions & { readonly role: Role; readonly as?: ActsAs; readonly expires?: string };

/** `smartwright key`: the API keys of programs. */
export const key: Register = (program, { output }) => {
  const group = teachGroup(program.command('key').description('Makes, lists and revokes API keys for programs.'), [
    'smartwright key create workflow --as service:reporting',
    'smartwright key list',
  ]);

  teach(
    withInstallation(group.command('create <name>').description('Makes an API key and shows it, this once.'))
      .addOption(
        new Option('--as <whom>', 'whom it acts as: user:NAME or service:NAME')
          .argParser(parseActsAs)
          .makeOptionMandatory(),
      )
      .addOption(new Option('--role <role>', 'what it may do').choices(roles).default('user'))
      .addOption(
        new Option('--expires <date>', 'when it ends, such as 2030-01-31 (default: never)').argParser(parseDate),
      ),
    {
      examples: [
        'smartwright key create workflow --as service:reporting',
        'smartwright key create alice-laptop --as user:alice --expires 2030-01-31',
      ],
      notes: 'With --json: { name, key }. Only a hash of the key is kept; a lost key is replaced by a new one.',
    },
  ).action(async (name: string, { as, role, expires, ...options }: CreateOptions) => {
    if (as === undefined) return;
    const document: ApiKey = {
      kind: 'ApiKey',
      name,
      actsAs: as,
      roles: [role],
      ...(expires === undefined ? {} : { expiresAt: expires }),
    };
    const saved = await withOpenInstallation(options, async (installation) => {
      if ((await installation.document('ApiKey', name)) !== undefined) {
        throw new CallerError(
          'CONFLICT',
          `There is an API key "${name}" already. Revoke it first, or take another name.`,
        );
      }
      return installation.save(document);
    });
    output.note('Keep the key now: it is not shown again.');
    output.result({ name, key: saved.key }, () => saved.key ?? '');
  });

  teach(withInstallation(group.command('list').description('Lists the API keys; never a key itself.')), {
    examples: ['smartwright key list'],
  }).action(async (options: InstallationOptions) => {
    const keys = await withOpenInstallation(options, (installation) => installation.documentsOf('ApiKey'));
    output.result({ keys }, () => {
      if (keys.length === 0) return 'There is no API key. Make one with: smartwright key create NAME --as service:NAME';
      const rows = keys.map(({ name, actsAs, roles: held, expiresAt }) => [
        name,
        whom(actsAs),
        held.join(' '),
        expiresAt ?? 'never',
      ]);
      return output.table(['Name', 'Acts as', 'Roles', 'Expires'], rows);
    });
  });

  teach(withInstallation(group.command('revoke <name>').description('Deletes an API key; it stops working at once.')), {
    examples: ['smartwright key revoke workflow'],
  }).action(async (name: string, options: InstallationOptions) => {
    await withOpenInstallation(options, (installation) => installation.delete('ApiKey', name));
    output.result({ revoked: name }, () => `API key ${name} is revoked.`);
  });
};

const whom = (actsAs: ActsAs): string =>
  'user' in actsAs ? `user:${actsAs.user}` : `service:${actsAs.serviceAccount}`;

function parseActsAs(value: string): ActsAs {
  const [, kind, name] = /^(user|service):([^:\s]+)$/.exec(value) ?? [];
  if (name === undefined) throw new InvalidArgumentError('Write user:NAME or service:NAME.');
  return kind === 'user' ? { user: name } : { serviceAccount: name };
}

function parseDate(value: string): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime()))
    throw new InvalidArgumentError('Write a date, such as 2030-01-31 or 2030-01-31T12:00:00Z.');
  if (date.getTime() <= Date.now()) throw new InvalidArgumentError('The date has passed.');
  return date.toISOString();
}
