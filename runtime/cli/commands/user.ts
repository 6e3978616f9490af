import { Option } from 'commander';
import { CallerError } from '../../../config/model/errors.js';
import type { User } from '../../../config/model/identity.js';
import { type Role, roles } from '../../../config/model/principal.js';
import { withOpenInstallation } from '../installation/open.js';
import { type InstallationOptions, teach, teachGroup, withInstallation } from '../options.js';
import { readPassword } from '../read-password.js';
import type { Register } from './index.js';

type AddOptions = InstallationOptions & {
  readonly role: Role;
  readonly displayName?: string;
  readonly email?: string;
};

const passwordNote =
  'The password is asked for on a terminal, else it is the first line of stdin. It is kept as a hash.';

/** `smartwright user`: people with local accounts. */
export const user: Register = (program, { output, terminal }) => {
  const group = teachGroup(
    program.command('user').description('Adds and lists people with local accounts, and sets their passwords.'),
    ['smartwright user add alice --role designer', 'smartwright user list'],
  );

  teach(
    withInstallation(group.command('add <name>').description('Adds a person with a local account.'))
      .addOption(new Option('--role <role>', 'what they may do').choices(roles).default('user'))
      .option('--display-name <name>', 'the name that others read')
      .option('--email <address>', 'an e-mail address'),
    {
      examples: ['smartwright user add alice --role designer', 'echo "$PASSWORD" | smartwright user add bob'],
      notes: passwordNote,
    },
  ).action(async (name: string, { role, displayName, email, ...options }: AddOptions) => {
    const password = await readPassword(`Password of ${name}: `, terminal);
    const document: User = {
      kind: 'User',
      name,
      roles: [role],
      password,
      ...(displayName === undefined ? {} : { displayName }),
      ...(email === undefined ? {} : { email }),
    };
    await withOpenInstallation(options, async (installation) => {
      if ((await installation.document('User', name)) !== undefined) {
        throw new CallerError(
          'CONFLICT',
          `There is a user "${name}" already. Set the password with: smartwright user password ${name}`,
        );
      }
      await installation.save(document);
    });
    output.result({ name, roles: [role] }, () => `User ${name} is added, with the role ${role}.`);
  });

  teach(withInstallation(group.command('list').description('Lists the people with local accounts.')), {
    examples: ['smartwright user list'],
  }).action(async (options: InstallationOptions) => {
    const users = await withOpenInstallation(options, (installation) => installation.documentsOf('User'));
    output.result({ users }, () => {
      if (users.length === 0) return 'There is no user. Add one with: smartwright user add NAME --role admin';
      const rows = users.map((one) => [
        one.name,
        one.displayName,
        one.email,
        one.roles.join(' '),
        one.disabled === true ? 'disabled' : '',
      ]);
      return output.table(['Name', 'Display name', 'E-mail', 'Roles', ''], rows);
    });
  });

  teach(withInstallation(group.command('password <name>').description("Sets a person's password.")), {
    examples: ['smartwright user password alice', 'echo "$PASSWORD" | smartwright user password alice'],
    notes: passwordNote,
  }).action(async (name: string, options: InstallationOptions) => {
    await withOpenInstallation(options, async (installation) => {
      const stored = await installation.document('User', name);
      if (stored === undefined)
        throw new CallerError('NOT_FOUND', `There is no user "${name}". smartwright user list shows them.`);
      await installation.save({ ...stored, password: await readPassword(`New password of ${name}: `, terminal) });
    });
    output.result({ name }, () => `The password of ${name} is set.`);
  });
};
