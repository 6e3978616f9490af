import { expect } from 'chai';
import { type PetService, petsDocument, startPets } from './pets.js';
import { runCli } from './run-cli.js';
import { temporaryFolder } from './temporary-folder.js';

describe('discover --propose', () => {
  const folder = temporaryFolder();
  let pets: PetService;
  let service: string[];
  before(async () => {
    pets = await startPets();
    const document = petsDocument(pets.url);
    const flow = {
      authorizationUrl: 'https://id.example.com/a',
      tokenUrl: 'https://id.example.com/t',
      scopes: { pets: 'All' },
    };
    const securitySchemes = {
      login: { type: 'oauth2', flows: { authorizationCode: flow } },
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    };
    const components = { ...document.components, securitySchemes };
    const descriptor = folder.write('pets.json', JSON.stringify({ ...document, components }));
    service = ['--type', 'rest', '--key', `descriptor=${descriptor}`];
  });
  after(() => pets.close());

  it('prints YAML that apply takes, and apply explains what is still to be filled in', async () => {
    const ran = await runCli(['discover', ...service, '--propose', '--name', 'shop']);
    expect(ran.code, ran.stderr).to.equal(0);
    expect(ran.stdout)
      .to.match(/^# Proposed by smartwright/)
      .and.include('#   SHOP_CLIENT_ID');
    const file = folder.write('shop.yaml', ran.stdout);
    const data = ['--data', folder.path('data')];
    const missing = await runCli(['apply', file, ...data]);
    expect(missing.code).to.equal(1);
    expect(missing.stderr).to.match(/shop\.yaml:\d+: environment variable SHOP_CLIENT_SECRET is not set/);
    process.env.SHOP_CLIENT_ID = 'client-1';
    process.env.SHOP_CLIENT_SECRET = 'canary-secret';
    try {
      const applied = await runCli(['apply', file, ...data, '--json']);
      expect(applied.code, applied.stderr).to.equal(0);
      const { applied: saved } = applied.json() as { applied: { kind: string; name: string }[] };
      expect(saved.map(({ kind, name }) => `${kind} ${name}`)).to.deep.equal([
        'OAuthResourceType shop',
        'OAuthResource shop',
        'ServiceInstance shop',
      ]);
    } finally {
      delete process.env.SHOP_CLIENT_ID;
      delete process.env.SHOP_CLIENT_SECRET;
    }
    const again = await runCli(['discover', 'shop', '--propose', '--json', ...data]);
    expect(again.code, again.stderr).to.equal(0);
    const { ways, documents } = again.json() as { ways: { scheme: string }[]; documents: object[] };
    expect(ways.map(({ scheme }) => scheme)).to.deep.equal(['login', 'key']);
    expect(documents.at(-1)).to.deep.include({ name: 'shop', authentication: { mode: 'oauth', resource: 'shop' } });
  });

  it('names what it cannot be asked for', async () => {
    for (const [args, says] of [
      [['discover', ...service, '--name', 'shop'], '--name goes with --propose'],
      [['discover', ...service, '--propose', '--name', '1 shop'], 'a system name has letters'],
      [['discover', '--propose'], 'Name a stored instance, or a service'],
    ] as const) {
      const ran = await runCli(args);
      expect(ran.code).to.equal(2);
      expect(ran.stderr).to.include(says);
    }
  });
});
