import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { type PetService, petsDocument, startPets } from './pets.js';
import { runCli } from './run-cli.js';
import { temporaryFolder } from './temporary-folder.js';

describe('a service on its description alone', () => {
  const folder = temporaryFolder();
  let pets: PetService;
  let descriptor: string;
  let service: string[];
  before(async () => {
    pets = await startPets();
    descriptor = folder.write('pets.json', JSON.stringify(petsDocument(pets.url)));
    service = ['--type', 'rest', '--key', `descriptor=${descriptor}`];
  });
  after(() => pets.close());

  describe('discover', () => {
    it('prints the summary as one JSON document and nothing else on stdout', async () => {
      const ran = await runCli(['discover', ...service, '--json']);
      expect(ran).to.include({ code: 0, stderr: '' });
      const { ms, ...rest } = ran.json() as Record<string, unknown>;
      expect(rest).to.deep.equal({ serviceObjects: 2, methods: 5, operations: 5, types: 1, skipped: [], warnings: [] });
      expect(ms).to.be.a('number');
    });

    it('prints a table for a person, with inputs on request', async () => {
      const ran = await runCli(['discover', ...service, '--methods']);
      expect(ran.code).to.equal(0);
      expect(ran.stdout).to.contain('Pet shop 1.2: 2 service objects, 5 methods of 5 operations');
      expect(ran.stdout).to.match(/^Pet\.Read +read +id\*$/m);
    });

    it('takes a key by display name, and reaches a private host that was typed', async () => {
      const ran = await runCli([
        'discover',
        '--type',
        'rest',
        '--key',
        `Descriptor Location=${pets.url}/openapi.json`,
        '--json',
      ]);
      expect(ran.code).to.equal(0);
    });

    it('says what is wrong with a descriptor, as a problem with exit code 1', async () => {
      const text = folder.write('text.txt', 'hello');
      for (const [file, code] of [
        [folder.path('none.json'), 'DESCRIPTOR_UNAVAILABLE'],
        [text, 'DESCRIPTOR_INVALID'],
      ]) {
        const ran = await runCli(['discover', '--type', 'rest', '--key', `descriptor=${file}`, '--json']);
        expect(ran.code).to.equal(1);
        expect(ran.json()).to.include({ code });
        expect(ran.stderr)
          .to.match(/^error: .+/)
          .and.not.contain('    at ');
      }
    });

    it('reads no more of a descriptor than the operator allows', async () => {
      process.env.SMARTWRIGHT_DESCRIPTOR_BYTES = '100';
      try {
        const ran = await runCli(['discover', '--type', 'rest', '--key', `descriptor=${descriptor}`, '--json']);
        expect(ran.code).to.equal(1);
        expect(ran.json()).to.include({ code: 'DESCRIPTOR_INVALID' });
        expect(ran.stderr).to.contain('may have 100 bytes').and.contain('SMARTWRIGHT_DESCRIPTOR_BYTES');
      } finally {
        delete process.env.SMARTWRIGHT_DESCRIPTOR_BYTES;
      }
    });

    const wrong: readonly (readonly [what: string, args: string[], says: string])[] = [
      ['an unknown type', ['--type', 'rst', '--key', 'descriptor=x'], 'Did you mean "rest"?'],
      ['an unknown key', ['--type', 'rest', '--key', 'descriptr=x'], 'Did you mean "descriptor"?'],
      ['a key without a value', ['--type', 'rest', '--key', 'descriptor'], 'NAME=VALUE'],
      [
        'a key given twice',
        ['--type', 'rest', '--key', 'descriptor=a', '--key', 'Descriptor Location=b'],
        'given twice',
      ],
      ['a header that is none', ['--type', 'rest', '--key', 'descriptor=a', '--header', 'x'], "'name: value'"],
      ['no service at all', [], '--type rest'],
      ['both an instance and a type', ['crm', '--type', 'rest'], 'not both'],
    ];
    for (const [what, args, says] of wrong) {
      it(`ends with exit code 2 for ${what}`, async () => {
        const ran = await runCli(['discover', ...args]);
        expect(ran).to.include({ code: 2, stdout: '' });
        expect(ran.stderr).to.contain(says);
      });
    }
  });

  describe('generate', () => {
    it('writes modules, finds them up to date, and fails on drift', async () => {
      const out = folder.path('generated');
      const generate = ['generate', ...service, '--out', out, '--name', 'shop', '--json'];
      const first = await runCli(generate);
      expect(first.json()).to.include({ out, objects: 2, removed: 0, unchanged: 0 });
      expect(readdirSync(out)).to.include.members(['index.ts', 'pet.ts']);
      const check = await runCli([...generate, '--check']);
      expect(check.code).to.equal(0);
      expect(check.json()).to.deep.include({ drift: [] });
      const file = `${out}/pet.ts`;
      writeFileSync(file, `${readFileSync(file, 'utf8')}\n// edited\n`);
      const drifted = await runCli([...generate, '--check']);
      expect(drifted.code).to.equal(1);
      expect(drifted.json()).to.deep.include({ drift: [{ path: 'pet.ts', kind: 'changed' }] });
    });

    it('writes only the SmartObjects that are named', async () => {
      const out = folder.path('some');
      expect((await runCli(['generate', ...service, '--out', out, '--objects', 'pet'])).code).to.equal(0);
      expect(existsSync(`${out}/pet.ts`)).to.equal(true);
      expect(existsSync(`${out}/owner.ts`)).to.equal(false);
      const check = ['generate', ...service, '--out', out, '--check'];
      expect((await runCli([...check, '--objects', 'pet'])).code).to.equal(0);
      expect((await runCli(check)).code).to.equal(1);
      const unknown = await runCli(['generate', ...service, '--out', out, '--objects', 'Pett', '--json']);
      expect(unknown.code).to.equal(1);
      expect(unknown.json()).to.include({ code: 'NOT_FOUND' });
      expect(unknown.stderr).to.contain('Did you mean "Pet"?');
    });

    it('leaves a file alone that it did not generate', async () => {
      const out = folder.path('mine');
      await runCli(['generate', ...service, '--out', out]);
      writeFileSync(`${out}/pet.ts`, 'mine');
      const ran = await runCli(['generate', ...service, '--out', out]);
      expect(ran.code).to.equal(1);
      expect(readFileSync(`${out}/pet.ts`, 'utf8')).to.equal('mine');
    });
  });

  describe('call', () => {
    it('prints the result of a read, with every digit of a large integer', async () => {
      const hosts = ['--key', `service-url=${pets.url}`];
      const input = '{"id":9007199254740993}';
      const ran = await runCli(['call', ...service, ...hosts, 'pet.READ', '--input', input, '--json']);
      expect(ran.code).to.equal(0);
      expect(ran.stdout).to.contain('"id": 9007199254740993');
    });

    it('lets no control character of the service reach the terminal', async () => {
      const ran = await runCli(['call', ...service, '--allow-host', pets.host, 'Pet.Read', '--input', '{"id":1}']);
      expect(ran.code).to.equal(0);
      expect(ran.stdout).to.contain('Rex').and.not.contain('\u001b');
    });

    it('prints a list as { items } and as a table', async () => {
      const list = ['call', ...service, '--allow-host', pets.host, 'Pet.List'];
      expect((await runCli([...list, '--json'])).json()).to.deep.equal({
        items: [
          { id: 1, name: 'Rex', tags: ['dog'] },
          { id: 2, name: 'Tom' },
        ],
      });
      const table = await runCli(list);
      expect(table.stdout)
        .to.match(/^id +name +tags$/m)
        .and.contain('2 items');
    });

    it('prints null for a method without a result', async () => {
      const ran = await runCli([
        'call',
        ...service,
        '--allow-host',
        pets.host,
        'Pet.Delete',
        '--input',
        '{"id":1}',
        '--json',
      ]);
      expect(ran).to.include({ code: 0, stdout: 'null\n' });
    });

    it('reads the input from stdin and from a file', async () => {
      const create = ['call', ...service, '--allow-host', pets.host, 'Pet.Create', '--json', '--input'];
      const file = folder.write('pet.json', '{"id":7,"name":"Kit"}');
      expect((await runCli([...create, `@${file}`])).json()).to.deep.equal({ id: 7, name: 'Kit' });
      expect((await runCli([...create, '-'], { stdin: '{"id":8,"name":"Kat"}' })).json()).to.deep.equal({
        id: 8,
        name: 'Kat',
      });
    });

    it('shows the request of a dry run and sends nothing', async () => {
      const before = pets.requests.length;
      const header = ['--header', 'Authorization: Bearer x'];
      const ran = await runCli([
        'call',
        ...service,
        ...header,
        'Pet.Create',
        '--input',
        '{"id":7,"name":"Kit"}',
        '--dry-run',
        '--json',
      ]);
      expect(ran.json()).to.deep.equal({
        method: 'POST',
        url: `${pets.url}/pets`,
        headers: { accept: 'application/json', 'content-type': 'application/json', authorization: 'Bearer x' },
        body: '{"id":7,"name":"Kit"}',
      });
      expect(pets.requests.length).to.equal(before);
    });

    it('sends a header to the service', async () => {
      const header = ['--header', 'authorization: Bearer x', '--allow-host', pets.host];
      await runCli(['call', ...service, ...header, 'Pet.List']);
      expect(pets.authorizations.at(-1)).to.equal('Bearer x');
    });

    it('names every field that does not fit', async () => {
      const ran = await runCli(['call', ...service, 'Pet.Create', '--input', '{"id":"x","nam":"y"}', '--json']);
      expect(ran.code).to.equal(1);
      const { code, fields } = ran.json() as { code: string; fields: { pointer: string }[] };
      expect(code).to.equal('INPUT_INVALID');
      expect(fields.map(({ pointer }) => pointer)).to.have.members(['/id', '/name', '/nam']);
    });

    it('refuses a private host that nobody typed', async () => {
      const ran = await runCli(['call', ...service, 'Pet.List', '--json']);
      expect(ran.code).to.equal(1);
      expect(ran.json()).to.include({ code: 'ADDRESS_REFUSED' });
    });

    it("carries the service's own answer in the problem", async () => {
      const ran = await runCli([
        'call',
        ...service,
        '--allow-host',
        pets.host,
        'Pet.Read',
        '--input',
        '{"id":404}',
        '--json',
      ]);
      expect(ran.code).to.equal(1);
      expect(ran.json()).to.deep.include({ code: 'UPSTREAM_REFUSED' });
      expect((ran.json() as { upstream: object }).upstream).to.deep.include({
        status: 404,
        body: { error: 'no such pet' },
      });
      expect(ran.stderr).to.contain('no such pet');
    });

    it('suggests names for those that are not there', async () => {
      const ran = await runCli(['call', ...service, 'Pets.List']);
      expect(ran.code).to.equal(1);
      expect(ran.stderr).to.contain('Did you mean "Pet"?');
      expect((await runCli(['call', ...service, 'Pet'])).code).to.equal(2);
      expect((await runCli(['call', ...service, 'Pet.Read', '--input', '{'])).code).to.equal(2);
    });
  });
});
