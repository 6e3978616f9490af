import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { commandsIn, smartwrightArguments, type Words } from './command-line.js';
import { readPages, root } from './page.js';

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the five minutes of the README', function () {
  this.timeout(120_000);

  const readme = readPages().find(({ file }) => file === 'README.md')?.blocks ?? [];
  const commands = readme.flatMap((block) => (block.language === '' ? commandsIn(block.text) : []));
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'smartwright-readme-'));
    symlinkSync(join(root, 'samples'), join(folder, 'samples'));
    writeFileSync(join(folder, 'crm.yaml'), readme.find(({ language }) => language === 'yaml')?.text ?? '');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** The arguments of the command that begins like this. */
  function written(...start: readonly string[]): Words {
    const all = commands.map(smartwrightArguments);
    return all.find((args) => start.every((word, at) => args?.[at] === word)) ?? expect.fail(`no ${start.join(' ')}`);
  }

  async function run(args: Words): Promise<Ran> {
    const tsx = import.meta.resolve('tsx');
    const { SMARTWRIGHT_URL: _, SMARTWRIGHT_DATA: __, ...outer } = process.env;
    const child = spawn(process.execPath, ['--import', tsx, join(root, 'runtime/cli/main.ts'), ...args], {
      cwd: folder,
      env: { ...outer, CRM_CLIENT_SECRET: 's3cret' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout: await stdout, stderr: await stderr };
  }

  it('shows what a service offers', async () => {
    const { code, stdout } = await run(written('discover'));
    expect(code).to.equal(0);
    expect(stdout).to.match(/^Contact\.Read +read +contactId\*/m);
  });

  it('generates modules with the functions that it calls', async () => {
    const { code } = await run(written('generate'));
    expect(code).to.equal(0);
    const example = readme.find(({ language }) => language === 'ts')?.text ?? '';
    const module = /from '(.+)\.js'/.exec(example)?.[1] ?? '';
    expect(existsSync(join(folder, `${module}.ts`))).to.equal(true);
  });

  it('previews a call', async () => {
    const { code, stdout } = await run(written('call', '--type'));
    expect(code).to.equal(0);
    expect(stdout).to.contain('GET https://crm.example.com/contacts/42').and.contain('authorization: Bearer TOKEN');
  });

  it('applies its documents, and then says where to give consent', async () => {
    const applied = await run(written('apply'));
    expect(applied.code, applied.stderr).to.equal(0);
    expect(applied.stdout).to.match(/^ServiceInstance +crm +created/m);
    const called = await run(written('call', 'crm_Contact.List'));
    expect(called.code).to.equal(1);
    expect(called.stderr).to.contain('http://localhost:8085/oauth/authorize/crm');
  });
});
