import { expect } from 'chai';
import type { Review } from '../../runtime/admin/review.js';
import { type PetService, petsDocument, startPets } from './pets.js';
import { type Ran, runCli } from './run-cli.js';
import { temporaryFolder } from './temporary-folder.js';

type Answer = Record<string, unknown> & { readonly review: Review };

describe('the review of an instance', () => {
  const folder = temporaryFolder();
  const stop = new AbortController();
  let pets: PetService;
  let served: Promise<Ran>;
  let server: string[];
  let local: string[];

  const publish = (edit: (document: ReturnType<typeof petsDocument>) => void): string => {
    const document = petsDocument(pets.url);
    edit(document);
    return folder.write('pets.json', JSON.stringify(document));
  };
  const asItWas = () => publish(() => undefined);
  const withoutOwners = () => publish(({ paths }) => Reflect.deleteProperty(paths, '/owners'));
  const withMore = () =>
    publish(({ components }) => Object.assign(components.schemas.Pet.properties, { age: { type: 'integer' } }));

  before(async () => {
    pets = await startPets();
    local = ['--data', folder.path('data')];
    const descriptor = asItWas();
    const instance = { kind: 'ServiceInstance', name: 'shop', type: 'rest', authentication: { mode: 'none' } };
    const file = folder.write('shop.json', JSON.stringify({ ...instance, keys: { descriptor } }));
    expect((await runCli(['apply', file, ...local])).code).to.equal(0);
    const made = await runCli([
      'key',
      'create',
      'admin',
      '--as',
      'service:test',
      '--role',
      'admin',
      '--json',
      ...local,
    ]);
    const { key } = made.json() as { key: string };
    await new Promise<void>((listening, failed) => {
      served = runCli(['start', '--port', '0', '--json', '--quiet', ...local], {
        signal: stop.signal,
        onOutput(stdout) {
          if (!stdout.includes('}')) return;
          server = ['--server', (JSON.parse(stdout) as { url: string }).url, '--api-key', key];
          listening();
        },
      });
      served.then(({ stderr }) => failed(new Error(stderr)));
    });
  });
  after(async () => {
    stop.abort();
    await served;
    await pets.close();
  });

  for (const [where, place] of [
    ['in a data folder', () => local],
    ['behind a server', () => server],
  ] as const) {
    describe(where, () => {
      const cli = (...args: string[]): Promise<Ran> => runCli([...args, ...place()]);
      const json = async (...args: string[]) => (await cli(...args, '--json')).json() as Answer;

      beforeEach(async () => {
        asItWas();
        expect((await cli('instance', 'refresh', 'shop', '--accept')).code).to.equal(0);
      });

      it('shows what a refresh would change, and saves nothing', async () => {
        withoutOwners();
        const ran = await cli('diff', 'shop');
        expect(ran.code, ran.stderr).to.equal(0);
        const [head, first] = ran.stdout.split('\n');
        expect(head).to.equal('shop: 1 breaking change');
        expect(first).to.match(/^! Service object \w+ is gone, with 1 method\.$/);
        expect(ran.stdout).to.match(/^Breaks shop_\w+\.List$/m);
        expect((await cli('diff', 'shop', '--check')).code).to.equal(1);
        expect((await json('instance', 'show', 'shop')).objects).to.have.length(2);
        asItWas();
        expect((await cli('diff', 'shop', '--check')).code).to.equal(0);
        expect((await json('diff', 'none')).code).to.equal('NOT_FOUND');
      });

      it('refuses breaking changes until they are accepted, all or by name', async () => {
        withoutOwners();
        const refused = await cli('instance', 'refresh', 'shop');
        expect(refused.code).to.equal(1);
        expect(refused.stdout).to.equal('');
        expect(refused.stderr)
          .to.match(/^! Service object/m)
          .and.contain('Nothing was saved');
        const problem = await json('instance', 'refresh', 'shop');
        expect(problem).to.include({ code: 'CHANGES_BREAKING', status: 409 });
        const { id } = (await json('diff', 'shop')) as unknown as Review;
        expect(problem.review.id).to.equal(id);
        expect((await json('instance', 'refresh', 'shop', '--accept', 'another')).code).to.equal('CONFLICT');
        const accepted = await json('instance', 'refresh', 'shop', '--accept', id);
        expect(accepted).to.include({ instance: 'shop', serviceObjects: 1 });
        expect(accepted.review.counts).to.include({ breaking: 1 });
      });

      it('saves what only adds, and says so', async () => {
        withMore();
        const ran = await cli('instance', 'refresh', 'shop');
        expect(ran.code, ran.stderr).to.equal(0);
        expect(ran.stdout)
          .to.match(/^shop: 2 additions, 1 without effect$/m)
          .and.match(/^\+ "age" of type Pet .*is new\.$/m);
        expect(ran.stdout).to.contain('shop: 2 service objects, 5 methods');
      });

      it('guards apply and instance save as well', async () => {
        withoutOwners();
        const file = folder.path('shop.json');
        expect((await json('apply', file)).code).to.equal('CHANGES_BREAKING');
        expect((await json('instance', 'save', file)).code).to.equal('CHANGES_BREAKING');
        const { applied } = (await json('apply', file, '--accept')) as unknown as { applied: object[] };
        expect(applied[0]).to.deep.include({ outcome: 'unchanged', impact: 'breaking', serviceObjects: 1 });
      });

      it('lists and restores former descriptions', async () => {
        withoutOwners();
        await cli('instance', 'refresh', 'shop', '--accept');
        const { versions } = (await json('instance', 'history', 'shop')) as unknown as {
          versions: { version: number; current: boolean; methods: number }[];
        };
        const [now, former] = versions;
        expect(now).to.deep.include({ current: true, methods: 4 });
        expect(former).to.deep.include({ current: false, methods: 5 });
        const table = await cli('instance', 'history', 'shop');
        expect(table.stdout).to.match(new RegExp(`^${now?.version} \\*  .* 4 .*1 breaking change$`, 'm'));
        const changes = await cli('instance', 'history', 'shop', '--version', String(now?.version));
        expect(changes.stdout).to.match(/^! Service object \w+ is gone, with 1 method\.$/m);
        const restored = await json('instance', 'restore', 'shop', '--version', String(former?.version));
        expect(restored).to.include({ methods: 5 });
        expect(restored.review.impact).to.equal('additive');
        expect((await json('instance', 'show', 'shop')).objects).to.have.length(2);
        expect((await json('instance', 'restore', 'shop', '--version', '9999')).code).to.equal('NOT_FOUND');
        expect((await json('instance', 'history', 'shop', '--version', '9999')).code).to.equal('NOT_FOUND');
        expect((await cli('instance', 'restore', 'shop')).code).to.equal(2);
        expect((await cli('instance', 'restore', 'shop', '--version', 'x')).code).to.equal(2);
      });

      it('names the generated modules that a change touches', async () => {
        const out = folder.path('modules');
        expect((await cli('generate', 'shop', '--out', out)).code).to.equal(0);
        folder.write('modules/own.ts', `method(transport, 'shop_Owner', 'List')`);
        withoutOwners();
        const { modules } = (await json('diff', 'shop', '--modules', out)) as unknown as {
          modules: { path: string; calls: string[]; impact: string }[];
        };
        expect(modules).to.have.length(1);
        expect(modules[0]).to.include({ impact: 'breaking' });
        expect(modules[0]?.calls[0]).to.match(/^shop_\w+\.List$/);
        expect((await cli('diff', 'shop', '--modules', out)).stdout).to.match(
          /^Breaks .*modules\/\w+\.ts, which calls shop_/m,
        );
      });
    });
  }

  it('tells which version the program is, still', async () => {
    expect((await runCli(['--version'])).stdout).to.match(/^\d+\.\d+\.\d+/);
  });
});
