import { CallerError } from '../../../config/model/errors.js';
import type { Credential } from '../../../config/model/principal.js';
import type { Rotated } from '../../../config/store/rotate.js';
import type { TokenSummary } from '../../../config/store/store.js';
import { withOpenInstallation } from '../installation/open.js';
import { type InstallationOptions, teach, teachGroup, withInstallation } from '../options.js';
import type { Output } from '../output/output.js';
import { CheckFailed } from '../usage-error.js';
import { registerTrace } from './auth-trace.js';
import { consentOnDevice } from './consent-on-device.js';
import { credentialOption } from './credential-option.js';
import type { Register } from './index.js';
import { openInBrowser } from './open-in-browser.js';

type Options = InstallationOptions & { readonly as?: Credential };

const asOption = () =>
  credentialOption('--as <credential>', 'whose token: user:NAME or service:NAME (default: your own)');

/** `smartwright auth`: the tokens of an installation. */
export const auth: Register = (program, { output, terminal }) => {
  const group = teachGroup(
    program.command('auth').description('Gives consent at a provider; shows and deletes tokens.'),
    ['smartwright auth login crm', 'smartwright auth status', 'smartwright auth revoke crm --as user:alice'],
  );

  teach(
    withInstallation(
      group
        .command('login <resource>')
        .description('Prints the link where a person gives consent at the provider, and opens it.'),
    )
      .addOption(asOption())
      .option('--no-open', 'only print the link')
      .option('--device', 'give consent on another device, by a code; needs no browser here and no running server'),
    {
      examples: [
        'smartwright auth login crm',
        'smartwright auth login crm --as service:reporting --no-open',
        'smartwright auth login crm --device',
      ],
      notes:
        'The link leads to the running server, where you sign in first. An admin connects a service account with --as service:NAME.',
    },
  ).action(async (resource: string, options: Options & { readonly open: boolean; readonly device?: boolean }) => {
    if (options.device === true) {
      const done = await withOpenInstallation(options, (installation) =>
        consentOnDevice(installation, resource, options.as, { output, terminal }),
      );
      return output.result(done, () => `Smartwright can now use ${resource} for ${done.credential}.`);
    }
    const authorizationUrl = await withOpenInstallation(options, (installation) =>
      installation.authorizationUrl(resource, options.as),
    );
    output.result({ resource, authorizationUrl }, () => `Open this to give consent:\n  ${authorizationUrl}`);
    if (options.open && !output.options.json) await openInBrowser(authorizationUrl);
  });

  teach(
    withInstallation(group.command('status').description('Lists the tokens with their states; never a token itself.')),
    {
      examples: ['smartwright auth status', 'smartwright auth status --json'],
    },
  ).action(async (options: InstallationOptions) => {
    const tokens = await withOpenInstallation(options, (installation) => installation.tokens());
    output.result({ tokens }, () => statusText(tokens, output));
  });

  teach(
    withInstallation(group.command('revoke <resource>').description('Deletes a stored token.')).addOption(asOption()),
    {
      examples: ['smartwright auth revoke crm --as user:alice', 'smartwright auth revoke crm --as service:reporting'],
    },
  ).action(async (resource: string, options: Options) => {
    const deleted = await withOpenInstallation(options, (installation) =>
      installation.deleteToken(resource, options.as),
    );
    const whose = options.as ?? 'your own';
    if (!deleted) {
      const hint = 'smartwright auth status lists the tokens.';
      throw new CallerError('NOT_FOUND', `There is no token (${whose}) for "${resource}". ${hint}`);
    }
    output.result(
      { resource, credential: options.as ?? null, deleted },
      () => `The token for ${resource} (${whose}) is deleted.`,
    );
  });

  teach(
    withInstallation(
      group.command('refresh <resource>').description('Refreshes a stored token now, also when it is not due.'),
    ).addOption(asOption()),
    {
      examples: ['smartwright auth refresh crm --as user:alice', 'smartwright auth refresh crm --as application'],
      notes:
        'When the provider refuses, the present token stays in use until it expires; the message says why it refused.',
    },
  ).action(async (resource: string, options: Options) => {
    await withOpenInstallation(options, (installation) => installation.refreshToken(resource, options.as));
    const whose = options.as ?? 'your own';
    output.result(
      { resource, credential: options.as ?? null, refreshed: true },
      () => `The token for ${resource} (${whose}) is refreshed.`,
    );
  });

  registerTrace(group, output);

  teach(
    withInstallation(
      group
        .command('rotate-keys')
        .description(
          'Wraps all stored secrets with another master key, while the server runs; goes on where it was interrupted.',
        ),
    ),
    {
      examples: [
        'smartwright auth rotate-keys',
        'smartwright auth rotate-keys --server https://smartwright.example.com',
      ],
      notes: `With a key file, a new key is made in it: back the file up afterwards. With SMARTWRIGHT_MASTER_KEY, or on PostgreSQL, put the new
key before the old one on every node first.`,
    },
  ).action(async (options: InstallationOptions) => {
    const rotated = await withOpenInstallation(options, (installation) => installation.rotateMasterKey());
    output.result(rotated, () => rotationText(rotated));
    if (rotated.unreadable.length > 0) throw new CheckFailed(`${rotated.unreadable.length} rows cannot be opened.`);
  });
};

function rotationText({ masterKey, made, rows, retired, unreadable }: Rotated): string {
  return [
    `All secrets are wrapped with master key ${masterKey}${made ? ', which was made for this' : ''}; ${rows} rows were wrapped anew.`,
    ...(made ? ['Back up the key file now.'] : []),
    ...(retired.length === 0 ? [] : [`Not needed any more: ${retired.join(', ')}`]),
    ...unreadable.map((row) => `Cannot be opened: ${row}`),
  ].join('\n');
}

function statusText(tokens: readonly TokenSummary[], output: Output): string {
  if (tokens.length === 0) return 'There is no token. Give consent with: smartwright auth login RESOURCE';
  const rows = tokens.map(({ resource, credential, state, expiresAt, refreshable, lastError, message }) => [
    resource,
    credential,
    state,
    expiresAt ?? 'not told',
    refreshable ? 'yes' : 'no',
    message ?? (lastError && `${lastError.code} (${lastError.kind}): ${lastError.message}`),
  ]);
  return output.table(['Resource', 'Credential', 'State', 'Expires at', 'Refreshable', 'Why'], rows);
}
