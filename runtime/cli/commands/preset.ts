import { teach, teachGroup } from '../options.js';
import type { Register } from './index.js';

/** `smartwright preset`: the catalogue of OAuth providers. */
export const preset: Register = (program, { output }) => {
  const group = teachGroup(
    program.command('preset').description('Lists the OAuth providers that are known, and shows one.'),
    ['smartwright preset list', 'smartwright preset show salesforce'],
  );

  const list = group.command('list').description('Lists the presets.');
  teach(list, {
    examples: ['smartwright preset list', 'smartwright preset list --json'],
    notes: 'With --json: { presets: [{ name, title, documentation, required, placeholders }] }.',
  }).action(async () => {
    const { presets } = await import('../../../config/presets/index.js');
    const known = [...presets().values()].map(({ name, title, documentation, required, resourceType }) => ({
      name,
      title,
      documentation,
      required,
      placeholders: (resourceType.placeholders ?? []).map((placeholder) => placeholder.name),
    }));
    output.result({ presets: known }, () =>
      output.table(
        ['Name', 'Provider', 'Values', 'Placeholders'],
        known.map(({ name, title, required, placeholders }) => [
          name,
          title,
          required.join(', '),
          placeholders.join(', '),
        ]),
      ),
    );
  });

  const show = group
    .command('show <name>')
    .description('Writes the OAuth resource type and resource of a provider as YAML.');
  teach(show, {
    examples: ['smartwright preset show salesforce', 'smartwright preset show shopify > shopify.yaml'],
    notes: `What you have to give stands as a reference to the environment. The same in short, for smartwright apply:
  { kind: OAuthResource, name: crm, preset: salesforce, values: { client_id: …, client_secret: … } }
With --json: the preset itself, with its two documents: { name, title, documentation, notes, required, documents }.`,
  }).action(async (name: string) => {
    const [{ presetNamed, presetDocuments }, { yamlText }] = await Promise.all([
      import('../../../config/presets/index.js'),
      import('../documents/yaml-text.js'),
    ]);
    const found = presetNamed(name, 'smartwright preset show');
    const { resourceType: _type, resource: _resource, ...about } = found;
    const documents = presetDocuments(found);
    for (const note of [`See ${found.documentation}`, ...(found.notes ?? [])]) output.note(note);
    if (output.options.json) return output.result({ ...about, documents }, () => '');
    output.content(await yamlText([documents.resourceType, documents.resource]));
  });
};
