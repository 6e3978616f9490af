import { expect } from 'chai';
import { type PetService, petsDocument, startPets } from './pets.js';
import { type Ran, runCli } from './run-cli.js';
import { temporaryFolder } from './temporary-folder.js';

describe('an installation behind a server', () => {
  const folder = temporaryFolder();
  const stop = new AbortController();
  let pets: PetService;
  let served: Promise<Ran>;
  let url: string;
  let signInUrl: string;
  const keys = { admin: '', user: '' };
  const cli = (...args: string[]): Promise<Ran> =>
    runCli([...args, '--server', url, '--api-key', keys.admin, '--json']);

  before(async () => {
    pets = await startPets();
    const data = ['--data', folder.path('data')];
    for (const role of ['admin', 'user'] as const) {
      const made = await runCli([
        'key',
        'create',
        `${role}Key`,
        '--as',
        'service:test',
        '--role',
        role,
        '--json',
        ...data,
      ]);
      keys[role] = (made.json() as { key: string }).key;
    }
    const links = await new Promise<{ url: string; signInUrl: string }>((resolve) => {
      served = runCli(['start', '--port', '0', '--json', '--quiet', ...data], {
        signal: stop.signal,
        onOutput(stdout) {
          if (stdout.includes('}')) resolve(JSON.parse(stdout));
        },
      });
    });
    ({ url, signInUrl } = links);
  });
  after(async () => {
    stop.abort();
    expect((await served).code).to.equal(0);
    await pets.close();
  });

  it('prints a one-time sign-in link while nobody can sign in', async () => {
    const link = await fetch(signInUrl);
    expect(link.status).to.equal(200);
  });

  it('calls as another account only where the key may act as it', async () => {
    const refused = await cli('call', 'nothing.Read', '--as', 'service:payroll');
    expect(refused.code).to.equal(1);
    expect(refused.json()).to.include({ code: 'FORBIDDEN' });
  });

  it('applies, compares and exports', async () => {
    const descriptor = folder.write('pets.json', JSON.stringify(petsDocument(pets.url)));
    const instance = {
      kind: 'ServiceInstance',
      name: 'shop',
      type: 'rest',
      authentication: { mode: 'none' },
      keys: { descriptor },
      allowedHosts: [pets.host],
    };
    const file = folder.write('shop.json', JSON.stringify(instance));
    const applied = await cli('apply', file);
    expect(applied.code, applied.stderr).to.equal(0);
    expect(applied.json()).to.have.nested.property('applied[0].outcome', 'created');
    expect((await cli('diff', file, '--check')).code).to.equal(0);
    const exported = (await cli('export')).json() as { documents: { kind: string; name: string }[] };
    expect(exported.documents.map(({ name }) => name)).to.include.members(['shop', 'adminKey', 'userKey']);
  });

  it('lists, shows, discovers and refreshes instances', async () => {
    expect((await cli('instance', 'list')).json()).to.have.nested.property('instances[0].methods', 5);
    expect((await cli('instance', 'show', 'shop')).json())
      .to.have.nested.property('objects')
      .with.length(2);
    expect((await cli('discover', 'shop')).json()).to.include({ methods: 5, types: 1 });
    expect((await cli('instance', 'refresh', 'shop')).json()).to.include({ methods: 5 });
  });

  it('generates the same modules as from the description', async () => {
    const out = folder.path('modules');
    expect((await cli('generate', 'shop', '--out', out)).json()).to.include({ objects: 2 });
    const data = ['--data', folder.path('data')];
    expect((await runCli(['generate', 'shop', '--out', out, '--check', ...data])).code).to.equal(0);
  });

  it('calls methods, also for a key that may do nothing else', async () => {
    expect((await cli('call', 'SHOP_pet.read', '--input', '{"id":9007199254740993}')).stdout).to.contain(
      '9007199254740993',
    );
    const asUser = ['--server', url, '--api-key', keys.user, '--json'];
    expect((await runCli(['call', 'shop_Pet.List', ...asUser])).json())
      .to.have.property('items')
      .with.length(2);
    expect((await runCli(['call', 'shop_Pet.Delete', '--input', '{"id":1}', ...asUser])).stdout).to.equal('null\n');
    expect((await runCli(['instance', 'list', ...asUser])).json()).to.include({ code: 'FORBIDDEN' });
  });

  it("gives the server's problems with their codes", async () => {
    const unfit = await cli('call', 'shop_Pet.Read', '--input', '{}');
    expect(unfit.code).to.equal(1);
    expect(unfit.json()).to.have.nested.property('fields[0].pointer', '/id');
    const nobody = await runCli(['export', '--server', url, '--json']);
    expect(nobody.json()).to.include({ code: 'AUTHENTICATION_REQUIRED' });
    expect(nobody.stderr).to.contain('--api-key');
    expect((await cli('instance', 'delete', 'none')).json()).to.include({ code: 'NOT_FOUND' });
    expect((await cli('auth', 'revoke', 'none')).json()).to.include({ code: 'NOT_FOUND' });
  });

  it('says so when no Smartwright answers', async () => {
    const silent = await runCli(['export', '--server', 'http://127.0.0.1:1', '--json']);
    expect(silent.code).to.equal(1);
    expect(silent.stderr).to.contain('Is the server running there?');
    const other = await runCli(['export', '--server', pets.url, '--json']);
    expect(other.code).to.equal(1);
    expect((await runCli(['export', '--server', 'nonsense'])).code).to.equal(2);
    expect((await runCli(['export', '--server', url, '--data', 'x'])).code).to.equal(2);
  });
});
