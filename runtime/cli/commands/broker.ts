import { systemNamePattern } from '../../../config/model/names.js';
import { teach, teachGroup } from '../options.js';
import { UsageError } from '../usage-error.js';
import type { Register } from './index.js';

/** `smartwright broker`: for developers of brokers. */
export const broker: Register = (program, { output }) => {
  const group = teachGroup(
    program.command('broker').description('For developers: starts a broker for another kind of service.'),
    ['smartwright broker init ./catalogue-broker'],
  );
  teach(
    group
      .command('init <folder>')
      .description('Writes a package with a working broker and its conformance test.')
      .option('--name <type>', "the service type's name (default: the folder's)"),
    {
      examples: ['smartwright broker init ./catalogue-broker', 'cd catalogue-broker && npm install && npm test'],
      notes:
        'The folder must be empty or not there yet. The broker is named to an installation by SMARTWRIGHT_BROKERS.',
    },
  ).action(async (folder: string, { name }: { readonly name?: string }) => {
    if (name !== undefined && !new RegExp(systemNamePattern, 'u').test(name)) {
      throw new UsageError(
        `--name ${name}: a system name has letters, digits and underscores, and starts with no digit.`,
      );
    }
    const { scaffoldBroker } = await import('../scaffold-broker.js');
    const { type, files } = await scaffoldBroker(folder, name);
    output.result({ folder, type, files }, () =>
      [
        `${folder}: a broker of type ${type}`,
        ...files.map((file) => `  ${file}`),
        '',
        `Next: cd ${folder} && npm install && npm test`,
      ].join('\n'),
    );
  });
};
