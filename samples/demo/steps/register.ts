import { fileURLToPath } from 'node:url';
import { readDocuments } from '../../../runtime/cli/documents/read.js';
import { localPrincipal } from '../../../runtime/index.js';
import type { Demo } from '../demo.js';

const file = fileURLToPath(new URL('../../smartwright.yaml', import.meta.url));

/** Applies the YAML file that registers everything; service instances are discovered as they are saved. */
export async function register({ world, report, signal }: Demo): Promise<void> {
  report.heading('Register: smartwright apply samples/smartwright.yaml');
  const { runtime, variables } = world;
  const documents = await readDocuments([file], (name) => variables[name]);
  const saved = await runtime.admin.apply(
    documents.map(({ document }) => document),
    localPrincipal,
    { signal },
  );
  report.table(
    ['Kind', 'Name', 'Outcome'],
    saved.map(({ kind, name, outcome }) => [kind, name, outcome]),
  );
  const crm = await runtime.store.resources.get('crm');
  const type = await runtime.store.resourceTypes.get('standard');
  if (crm === undefined || type === undefined) throw new Error('The OAuth resource "crm" was not stored.');
  const token = runtime.oauth.preview(type.document, crm.document).find(({ stage }) => stage === 'token');
  report.done('The token request of the OAuth resource crm, as an admin previews it:');
  for (const { name, value } of token?.parameters ?? []) report.note(`${name}=${value}`);
  await forgetOldTokens({ world, report });
}

/** A data folder that was used before holds tokens of an authorization server that is gone. */
async function forgetOldTokens({ world: { runtime }, report }: Pick<Demo, 'world' | 'report'>): Promise<void> {
  for (const { resource, credential } of await runtime.store.tokens.list()) {
    await runtime.oauth.disconnect(resource, credential);
    report.done(`Forgot the token of an earlier run: ${resource}, ${credential}`);
  }
}
