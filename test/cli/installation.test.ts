import { chmodSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { type PetService, petsDocument, startPets } from './pets.js';
import { type Ran, runCli } from './run-cli.js';
import { temporaryFolder } from './temporary-folder.js';

const documents = (descriptor: string, host: string) => `
kind: ServiceInstance
name: shop
displayName: Pet shop
type: rest
authentication: { mode: none }
keys: { Descriptor Location: '${descriptor}' }
allowedHosts: ['${host}']
---
kind: OAuthResourceType
name: SampleProvider
parameters:
  - { name: client_id, stages: { authorization: {}, token: {}, refresh: {} } }
  - { name: client_secret, secret: true, stages: { token: {}, refresh: {} } }
---
kind: OAuthResource
name: SampleCrm
type: SampleProvider
authorizationEndpoint: https://login.example.com/authorize
tokenEndpoint: https://login.example.com/token
values:
  client_id: smartwright
  client_secret: secret-canary
---
kind: User
name: alice
roles: [designer]
password: a long enough password
---
kind: ApiKey
name: workflow
actsAs: { serviceAccount: reporting }
roles: [user]
`;

describe('an installation in a data folder', () => {
  const folder = temporaryFolder();
  let pets: PetService;
  let file: string;
  const cli = (...args: string[]): Promise<Ran> => runCli([...args, '--data', folder.path('data')]);
  const json = async (...args: string[]): Promise<Record<string, unknown>> => {
    const ran = await cli(...args, '--json');
    expect(ran.code, ran.stderr).to.equal(0);
    return ran.json() as Record<string, unknown>;
  };
  before(async () => {
    pets = await startPets();
    const descriptor = folder.write('pets.json', JSON.stringify(petsDocument(pets.url)));
    file = folder.write('smartwright.yaml', documents(descriptor, pets.host));
  });
  after(() => pets.close());

  it('says what applying would do, and saves nothing', async () => {
    const { changes } = await json('apply', file, '--dry-run');
    expect((changes as { outcome: string }[]).map(({ outcome }) => outcome)).to.deep.equal(Array(5).fill('created'));
    expect((await json('instance', 'list')).instances).to.deep.equal([]);
  });

  it('saves documents in order of dependency, and shows a new key once', async () => {
    const { applied } = (await json('apply', file)) as { applied: { kind: string; outcome: string; key?: string }[] };
    expect(applied.map(({ kind }) => kind)).to.deep.equal([
      'OAuthResourceType',
      'OAuthResource',
      'ServiceInstance',
      'User',
      'ApiKey',
    ]);
    expect(applied.at(-1)?.key).to.match(/^swk_/);
    const again = await cli('apply', file);
    expect(again.code).to.equal(0);
    expect(again.stdout).to.match(/^ServiceInstance +shop +unchanged +2 service objects, 5 methods$/m);
    expect(again.stdout).not.to.contain('swk_').and.not.contain('secret-canary');
    expect(again.stderr).to.contain('Saving ServiceInstance shop');
  });

  it('finds a changed value and the secret that a file sets, and prints no secret', async () => {
    const changed = folder.write(
      'changed.yaml',
      readFileSync(file, 'utf8').replace('client_id: smartwright', 'client_id: other'),
    );
    const ran = await cli('diff', changed, '--check', '--json');
    expect(ran.code).to.equal(1);
    const { changes } = ran.json() as { changes: { kind: string; outcome: string; changes: { pointer: string }[] }[] };
    expect(changes.find(({ kind }) => kind === 'ServiceInstance')?.outcome).to.equal('unchanged');
    const resource = changes.find(({ kind }) => kind === 'OAuthResource')?.changes.map(({ pointer }) => pointer);
    expect(resource).to.deep.equal(['/values/client_id', '/values/client_secret']);
    expect(ran.stdout).not.to.contain('canary').and.not.contain('long enough');
  });

  it('exports documents that apply without a change and hold no secret', async () => {
    const out = folder.path('export.yaml');
    expect((await cli('export', '--out', out)).code).to.equal(0);
    const text = readFileSync(out, 'utf8');
    expect(text).not.to.contain('canary').and.not.contain('swk_').and.not.contain('long enough');
    const ran = await cli('diff', out, '--check');
    expect(ran.code, ran.stdout).to.equal(0);
    const { applied } = (await json('apply', out)) as { applied: { outcome: string }[] };
    expect(applied.map(({ outcome }) => outcome)).to.deep.equal(Array(5).fill('unchanged'));
  });

  it('saves nothing when one document is not valid', async () => {
    const wrong = folder.write(
      'wrong.yaml',
      `kind: User\nname: eve\nroles: [user]\n---\nkind: User\nname: mallory\nroles: [root]\n`,
    );
    const ran = await cli('apply', wrong, '--json');
    expect(ran.code).to.equal(1);
    expect(ran.json()).to.include({ code: 'DOCUMENT_INVALID' });
    expect(ran.stderr).to.contain(`${wrong}:7: `);
    expect(JSON.stringify(await json('user', 'list'))).not.to.contain('eve');
  });

  it('calls a SmartObject, whatever the case of its name', async () => {
    expect(await json('call', 'shop_Pet.Read', '--input', '{"id":5}')).to.include({ id: 5 });
    expect(await json('call', 'SHOP_pet.read', '--input', '{"id":6}')).to.include({ id: 6 });
    const ran = await cli('call', 'shop_Pt.Read', '--json');
    expect(ran.code).to.equal(1);
    expect(ran.stderr).to.contain('Did you mean "shop_Pet"?');
    const unfit = await cli('call', 'shop_Pet.Read', '--input', '{"id":"x"}', '--json');
    expect(unfit.json()).to.include({ code: 'INPUT_INVALID' });
  });

  it('discovers, shows, refreshes and generates a stored instance', async () => {
    expect(await json('discover', 'shop')).to.include({ serviceObjects: 2, methods: 5 });
    expect(await json('instance', 'refresh', 'shop')).to.include({ instance: 'shop', methods: 5 });
    const shown = await cli('instance', 'show', 'shop');
    expect(shown.stdout).to.match(/^shop_Pet +.*Read/m);
    const out = folder.path('modules');
    expect(await json('generate', 'shop', '--out', out, '--objects', 'shop_Pet')).to.include({ objects: 1 });
    expect((await cli('generate', 'shop', '--out', out, '--objects', 'pet', '--check')).code).to.equal(0);
    expect((await cli('discover', 'none', '--json')).json()).to.include({ code: 'NOT_FOUND' });
  });

  it('refuses to delete what is needed, and deletes an instance', async () => {
    const copy = readFileSync(file, 'utf8').split('---')[0]?.replace('name: shop', 'name: other') ?? '';
    expect(await json('instance', 'save', folder.write('other.yaml', copy))).to.have.nested.property(
      'applied[0].outcome',
      'created',
    );
    expect(await json('instance', 'delete', 'other')).to.deep.equal({ deleted: 'other' });
    expect((await cli('instance', 'delete', 'other', '--json')).json()).to.include({ code: 'NOT_FOUND' });
    expect((await cli('instance', 'save', file)).code).to.equal(2);
  });

  it('adds people and sets their passwords from stdin', async () => {
    const data = ['--data', folder.path('data')];
    const added = await runCli(['user', 'add', 'bob', '--role', 'admin', ...data], {
      stdin: 'correct horse battery\n',
    });
    expect(added.code, added.stderr).to.equal(0);
    expect(added.stdout + added.stderr).not.to.contain('horse');
    expect(
      (await runCli(['user', 'add', 'bob', ...data, '--json'], { stdin: 'correct horse battery\n' })).json(),
    ).to.include({ code: 'CONFLICT' });
    expect((await runCli(['user', 'password', 'bob', ...data], { stdin: 'another horse battery\n' })).code).to.equal(0);
    expect((await runCli(['user', 'add', 'carol', ...data])).code).to.equal(2);
    expect((await cli('user', 'list')).stdout).to.match(/^bob +admin$/m);
  });

  it('makes, lists and revokes keys', async () => {
    const { key } = await json('key', 'create', 'tool', '--as', 'user:alice', '--role', 'user');
    expect(key).to.match(/^swk_/);
    expect((await cli('key', 'list')).stdout)
      .to.match(/^tool +user:alice +user +never$/m)
      .and.not.contain(String(key));
    expect((await cli('key', 'create', 'tool', '--as', 'user:alice', '--json')).json()).to.include({
      code: 'CONFLICT',
    });
    expect((await cli('key', 'revoke', 'tool')).code).to.equal(0);
    expect((await cli('key', 'create', 'late', '--as', 'user:alice', '--expires', '2001-01-01')).code).to.equal(2);
    expect((await cli('key', 'create', 'nobody')).code).to.equal(2);
  });

  it('tells where to give consent and that there is no token', async () => {
    const { authorizationUrl } = await json('auth', 'login', 'SampleCrm', '--as', 'service:reporting');
    expect(authorizationUrl).to.match(
      /^http:\/\/localhost:\d+\/oauth\/authorize\/SampleCrm\?credential=service(:|%3A)reporting$/,
    );
    expect(await json('auth', 'status')).to.deep.equal({ tokens: [] });
    expect((await cli('auth', 'revoke', 'SampleCrm', '--json')).json()).to.include({ code: 'NOT_FOUND' });
  });

  describe('doctor', () => {
    it('finds a sound installation sound', async () => {
      const ran = await cli('doctor', '--json');
      const { ok, checks } = ran.json() as { ok: boolean; checks: { name: string; state: string }[] };
      expect(ran.code, ran.stdout).to.equal(0);
      expect(ok).to.equal(true);
      expect(checks.map(({ name }) => name)).to.include.members([
        'Node',
        'data folder',
        'master key',
        'store',
        'instance shop',
        'clock',
      ]);
    });

    it('finds a key file that others can read, and says what to do', async () => {
      const key = folder.path('data', 'master.key');
      chmodSync(key, 0o644);
      const ran = await cli('doctor');
      chmodSync(key, 0o600);
      expect(ran.code).to.equal(1);
      expect(ran.stdout).to.contain(`chmod 600 ${key}`);
    });
  });

  it('says that a port is in use when the server cannot start', async () => {
    const taken = createServer();
    await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
    const { port } = taken.address() as AddressInfo;
    const ran = await cli('start', '--port', String(port), '--json');
    taken.close();
    expect(ran.code).to.equal(1);
    expect(ran.stderr).to.contain(String(port)).and.not.contain('    at ');
    expect((await cli('start', '--port', '70000')).code).to.equal(2);
  });
});
