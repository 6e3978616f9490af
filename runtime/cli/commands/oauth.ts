import { Option } from 'commander';
import { teach, teachGroup } from '../options.js';
import { printable } from '../output/printable.js';
import { typedHosts } from '../service/keys.js';
import type { Register } from './index.js';

interface ImportOptions {
  readonly name?: string;
  readonly scope?: string;
  readonly clientId?: string;
  readonly allowHost: readonly string[];
}

/** `smartwright oauth`: OAuth providers. */
export const oauth: Register = (program, { output, terminal }) => {
  const group = teachGroup(program.command('oauth').description('Fills in OAuth resources from providers.'), [
    'smartwright oauth import https://login.example.com',
  ]);
  const command = group
    .command('import <url>')
    .description('Writes an OAuth resource type and resource as YAML, from the metadata of a provider.')
    .option('--name <name>', 'system name of both documents (default: from the host)')
    .option('--scope <scope>', 'what to ask for, separated by spaces (default: openid and offline_access, where there)')
    .option('--client-id <id>', 'the client as it is registered (default: a reference to the environment)')
    .addOption(
      new Option('--allow-host <host>', 'a private host that the resource may reach; repeatable')
        .argParser((host: string, hosts: readonly string[]) => [...hosts, host])
        .default([], 'none'),
    );
  teach(command, {
    examples: [
      'smartwright oauth import https://login.example.com > provider.yaml',
      'smartwright oauth import https://login.example.com/.well-known/openid-configuration --name login --json',
    ],
    notes: `URL is the metadata document of the provider, or its issuer. Works without a server and a store. What the provider lacks is
said on stderr. Look the documents through, then: smartwright apply provider.yaml
With --json: { resourceType, resource, scopes, warnings }.`,
  }).action(async (url: string, { allowHost, ...given }: ImportOptions) => {
    const [{ importProvider }, { createUpstream }, { readSettings }] = await Promise.all([
      import('../../oauth/discovery/import-provider.js'),
      import('../../../brokers/http/index.js'),
      import('../../../config/settings.js'),
    ]);
    // What a person types they mean to reach.
    const allowedHosts = [...readSettings().allowedHosts, ...typedHosts({ url }), ...allowHost];
    const http = createUpstream({ allowedHosts, signal: terminal.signal });
    const kept = allowHost.length === 0 ? {} : { allowedHosts: allowHost };
    const imported = await importProvider({ url, ...given, ...kept }, http);
    for (const warning of imported.warnings) output.note(printable(`warning: ${warning}`));
    if (output.options.json) return output.result(imported, () => '');
    const { yamlText } = await import('../documents/yaml-text.js');
    output.content(await yamlText([imported.resourceType, imported.resource]));
  });
};
