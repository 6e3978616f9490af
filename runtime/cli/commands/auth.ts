import { CallerError } from '../../../config/model/errors.js';
import type { Credential } from '../../../config/model/principal.js';
import type { TokenSummary } from '../../../config/store/store.js';
import { withOpenInstallation } from '../installation/open.js';
import { type InstallationOptions, teach, teachGroup, withInstallation } from '../options.js';
import type { Output } from '../output/output.js';
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
};

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
