import { expect } from 'chai';
import type { AdminDocument } from '../../config/model/admin-document.js';
import type { SmartwrightError } from '../../config/model/errors.js';
import { difference } from '../../runtime/cli/documents/difference.js';
import { fillPlaceholders } from '../../runtime/cli/documents/placeholders.js';
import { readDocuments } from '../../runtime/cli/documents/read.js';
import { secretPlaces } from '../../runtime/cli/documents/secret-places.js';
import { validDocuments } from '../../runtime/cli/documents/validate.js';
import { writeDocuments } from '../../runtime/cli/documents/write.js';
import { temporaryFolder } from './temporary-folder.js';

const environment =
  (values: Record<string, string> = {}) =>
  (name: string) =>
    values[name];

async function failure(work: () => unknown): Promise<SmartwrightError> {
  try {
    await work();
  } catch (error) {
    return error as SmartwrightError;
  }
  throw new Error('it did not fail');
}

describe('admin documents in files', () => {
  const folder = temporaryFolder();

  it('are read from several YAML documents, a list, JSON and a folder', async () => {
    folder.write(
      'many.yaml',
      'kind: User\nname: alice\nroles: [user]\n---\n- kind: User\n  name: bob\n  roles: [user]\n---\n',
    );
    folder.write('one.json', '{ "kind": "User", "name": "carol", "roles": ["admin"] }');
    folder.write('ignored.txt', 'not: read');
    const documents = await readDocuments([folder.path()], environment());
    expect(documents.map(({ document }) => (document as { name: string }).name)).to.deep.equal([
      'alice',
      'bob',
      'carol',
    ]);
    expect(documents.map(({ line }) => line)).to.deep.equal([1, 5, 1]);
  });

  it('get values from the environment, which are not read again', async () => {
    const file = folder.write(
      'env.yaml',
      `kind: User\nname: "\${env:NAME}"\ndisplayName: a \${env:TITLE} b\nroles: [user]\n`,
    );
    const [read] = await readDocuments([file], environment({ NAME: 'dora', TITLE: `\${env:NAME}: {x}` }));
    expect(read?.document).to.include({ name: 'dora', displayName: `a \${env:NAME}: {x} b` });
  });

  it('name file, line and variable when a placeholder cannot be filled', async () => {
    const file = folder.write(
      'missing.yaml',
      `kind: User\nname: x\n# a comment\ndisplayName: \${env:NOT_SET}\nemail: \${env:9}\n`,
    );
    const error = await failure(() => readDocuments([file], environment()));
    expect(error.code).to.equal('DOCUMENT_INVALID');
    expect(error.message).to.contain(`${file}:4: environment variable NOT_SET is not set`);
    expect(error.message).to.contain(`${file}:5:`);
  });

  it('name file and line of malformed YAML and of a missing file', async () => {
    const file = folder.write('broken.yaml', 'kind: User\nname: [x\n');
    expect((await failure(() => readDocuments([file], environment()))).message).to.match(/broken\.yaml:\d+: /);
    const missing = folder.path('none.yaml');
    expect((await failure(() => readDocuments([missing], environment()))).message).to.contain(
      'there is no such file or folder',
    );
  });

  it('name the line of each fault that validation finds', async () => {
    const file = folder.write(
      'invalid.yaml',
      'kind: OAuthResourceType\nname: Sample\nparameters:\n  - name: client_id\n    stages: { token: {} }\n  - name: state\n    stages: { authorization: {} }\n',
    );
    const sources = await readDocuments([file], environment());
    const error = await failure(() => validDocuments(sources));
    expect(error.code).to.equal('DOCUMENT_INVALID');
    expect(error.message).to.contain(`${file}:6: `).and.to.contain('state');
  });

  it('are refused when one is there twice, and come in the order in which they can be applied', async () => {
    const file = folder.write(
      'order.yaml',
      'kind: User\nname: a\nroles: [user]\n---\nkind: OAuthResourceType\nname: T\nparameters: []\n',
    );
    const sources = await readDocuments([file], environment());
    expect(validDocuments(sources).map(({ kind }) => kind)).to.deep.equal(['OAuthResourceType', 'User']);
    const error = await failure(() => validDocuments([...sources, ...sources]));
    expect(error.message).to.contain(`${file}:1: User "a" is defined twice`);
  });
});

describe('placeholders', () => {
  it('can be escaped, stand anywhere, and are left alone when they are of another kind', () => {
    const filled = fillPlaceholders(`$\${env:A} \${env:A}\${env:A} \${other} $`, environment({ A: 'x$&' }));
    expect(filled).to.deep.equal({ text: `\${env:A} x$&x$& \${other} $`, faults: [] });
  });
});

describe('exported documents', () => {
  const folder = temporaryFolder();
  const documents: AdminDocument[] = [
    {
      kind: 'OAuthResource',
      name: 'R',
      type: 'T',
      tokenEndpoint: 'https://a.example/token',
      values: { client_secret: { secret: 'stored' } },
    },
    { kind: 'User', name: 'alice', displayName: `not a \${env:PLACEHOLDER}`, roles: ['user'] },
  ];

  it('come back as they were, and say what a secret marker means', async () => {
    const text = writeDocuments(documents);
    expect(text).to.match(/client_secret: \{ ?secret: stored ?\} # kept by the store/);
    const read = await readDocuments([folder.write('export.yaml', text)], environment());
    expect(read.map(({ document }) => document)).to.deep.equal(documents);
  });
});

describe('the difference of two documents', () => {
  const stored: AdminDocument = {
    kind: 'OAuthResource',
    name: 'R',
    type: 'T',
    tokenEndpoint: 'https://a.example/token',
    values: { client_id: 'one', client_secret: { secret: 'stored' } },
  };

  it('is nothing for the same document, with or without the secret marker', () => {
    expect(difference(stored, stored).outcome).to.equal('unchanged');
    expect(difference(stored, undefined).outcome).to.equal('created');
  });

  it('names what changes by JSON pointer and never prints a secret', () => {
    const wanted: AdminDocument = {
      ...stored,
      values: { client_id: 'two', client_secret: 'canary', code_secret: 'canary' },
    };
    const found = difference(wanted, stored, secretPlaces(wanted, new Map()));
    expect(found.outcome).to.equal('changed');
    expect(found.changes).to.deep.equal([
      { pointer: '/values/client_id', before: 'one', after: 'two' },
      { pointer: '/values/client_secret', before: '[secret]', after: '[secret]' },
      { pointer: '/values/code_secret', after: '[secret]' },
    ]);
    expect(JSON.stringify(found)).not.to.contain('canary');
  });
});
