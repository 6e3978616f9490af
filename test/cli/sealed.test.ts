import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import { openStore } from '../../config/store/index.js';
import { sealText, unsealText } from '../../runtime/cli/documents/sealed.js';
import { silent } from '../config/silent.js';
import { clientSecret, crmResource, crmType } from '../oauth/installation.js';
import { rejection } from '../support/rejection.js';
import { runCli } from './run-cli.js';
import { temporaryFolder } from './temporary-folder.js';

const passphrase = 'four words that nobody guesses';

describe('An export with secrets', function () {
  // Each passphrase takes half a second of work, on purpose; more on a machine that is busy.
  this.timeout(120_000);
  const folder = temporaryFolder();
  const here = () => join(folder.path(), 'here');
  const there = () => join(folder.path(), 'there');
  const file = () => join(folder.path(), 'smartwright.sealed');

  async function fill(): Promise<void> {
    const store = await openStore({ data: here() }, silent);
    await store.resourceTypes.save(crmType());
    await store.resources.save(crmResource({ description: `a \${env:NOT_A_VARIABLE} stays` }));
    await store.close();
  }
  async function revealed(data: string): Promise<OAuthResource | undefined> {
    const store = await openStore({ data }, silent);
    const found = await store.resources.reveal('crm');
    await store.close();
    return found?.document;
  }

  it('carries the secrets to another installation under a passphrase, and shows none of them', async () => {
    await fill();
    const exported = await runCli(['export', '--secrets', '--out', file(), '--data', here(), '--json'], {
      stdin: `${passphrase}\n`,
    });
    expect(exported).to.include({ code: 0 });
    expect(exported.json()).to.deep.equal({ out: file(), documents: 2, sealed: true });
    const text = await readFile(file(), 'utf8');
    for (const shown of [text, exported.stdout, exported.stderr]) {
      expect(shown).to.not.contain(clientSecret).and.not.contain('crm-client');
    }
    expect((await stat(file())).mode & 0o777).to.equal(0o600);

    const applied = await runCli(['apply', file(), '--data', there()], { stdin: `${passphrase}\n` });
    expect(applied.code, applied.stderr).to.equal(0);
    expect(await revealed(there())).to.deep.equal(await revealed(here()));
    expect((await revealed(there()))?.values.client_secret).to.equal(clientSecret);
  });

  it('is not opened by another passphrase, nor when a byte was changed', async () => {
    const sealed = await sealText('kind: User', passphrase);
    const open = (text: string, words: string) => unsealText('f', text, async () => words);
    expect(await open(sealed, passphrase)).to.equal('kind: User');
    await rejection(open(sealed, `${passphrase}.`), 'DOCUMENT_INVALID');
    const { content } = JSON.parse(sealed) as { content: string };
    const changed = (content.startsWith('A') ? 'B' : 'A') + content.slice(1);
    await rejection(open(sealed.replace(content, changed), passphrase), 'DOCUMENT_INVALID');
    await rejection(open(sealed.replace('"p": 1', '"p": 2'), passphrase), 'DOCUMENT_INVALID');
  });

  it('does not make its reader spend more memory than an export needs', async () => {
    const sealed = (await sealText('x', passphrase)).replace('"N": 131072', '"N": 1073741824');
    const error = await rejection(
      unsealText('f', sealed, async () => passphrase),
      'DOCUMENT_INVALID',
    );
    expect(error.message).to.contain('more memory');
  });

  it('asks for no passphrase where there is nothing sealed, and takes none that is short', async () => {
    const asked = async () => {
      throw new Error('it asked');
    };
    expect(await unsealText('f', 'kind: User', asked)).to.equal('kind: User');
    await rejection(sealText('x', 'short'), 'SETTINGS_INVALID');
  });

  it('is refused without a file, and by a server', async () => {
    expect((await runCli(['export', '--secrets', '--data', here()])).code).to.equal(2);
    const refused = await runCli([
      ...['export', '--secrets', '--out', file(), '--server', 'http://127.0.0.1:9', '--api-key', 'k'],
    ]);
    expect(refused.code).to.equal(1);
    expect(refused.stderr).to.contain('a server never gives one out');
  });
});
