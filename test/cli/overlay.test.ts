import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type PetService, petsDocument, startPets } from './pets.js';
import { runCli } from './run-cli.js';
import { temporaryFolder } from './temporary-folder.js';

describe('an overlay file', () => {
  const folder = temporaryFolder();
  let pets: PetService;
  let service: string[];
  before(async () => {
    pets = await startPets();
    const descriptor = folder.write('pets.json', JSON.stringify(petsDocument(pets.url)));
    service = ['--type', 'rest', '--key', `descriptor=${descriptor}`, '--allow-host', pets.host];
  });
  after(() => pets.close());

  const overlay = (text: string): string[] => ['--overlay', folder.write('overlay.yaml', text)];
  const renaming =
    'objects:\n  Pet: { name: Animal }\nmethods:\n  GET /pets/{id}: { name: Look }\nhide: ["*.Delete"]\n';

  it('changes what discover shows, what generate writes and what call finds', async () => {
    const shown = await runCli(['discover', ...service, ...overlay(renaming), '--methods']);
    expect(shown.code, shown.stderr).to.equal(0);
    expect(shown.stdout)
      .to.match(/^Animal\.Look +read +id\*$/m)
      .and.not.contain('Delete');
    const out = folder.path('modules');
    const generated = await runCli(['generate', ...service, ...overlay(renaming), '--name', 'shop', '--out', out]);
    expect(generated.code, generated.stderr).to.equal(0);
    expect(readdirSync(out)).to.include('animal.ts').and.not.include('pet.ts');
    expect(readFileSync(`${out}/animal.ts`, 'utf8')).to.contain('look');
    const called = await runCli([
      'call',
      ...service,
      ...overlay(renaming),
      'Animal.Look',
      '--input',
      '{"id":1}',
      '--json',
    ]);
    expect(called.code, called.stderr).to.equal(0);
    expect(called.json()).to.deep.include({ id: 1 });
  });

  it('is refused with file, line and what was meant', async () => {
    const wrong: readonly (readonly [text: string, says: RegExp])[] = [
      ['methods:\n  Pet.List: {}\n  Pet.Rad: { name: Look }\n', /overlay\.yaml:2: .*Pet\.List/],
      [
        'methods:\n  Pet.List: { name: All }\n  Pet.Rad: { name: Look }\n',
        /overlay\.yaml:3: .*Did you mean "Pet\.Read"/,
      ],
      ['objects:\n  Pet:\n    nam: Animal\n', /overlay\.yaml:3: .*did you mean "name"\?/],
      ['hide: [Pet]\n---\nhide: [Pet]\n', /overlay\.yaml:3: an overlay file holds one document/],
    ];
    for (const [text, says] of wrong) {
      const ran = await runCli(['discover', ...service, ...overlay(text), '--json']);
      expect(ran.code, text).to.equal(1);
      expect(ran.json()).to.include({ code: 'DOCUMENT_INVALID' });
      expect(ran.stderr).to.match(says);
    }
    const stored = await runCli(['discover', 'shop', ...overlay(renaming)]);
    expect(stored.code).to.equal(2);
    expect(stored.stderr).to.contain('has its own overlay');
  });
});
