import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What a file may import of ours, by the folder that it stands in; the longest folder that matches counts. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'config/model': ['config/model'],
  config: ['config'],
  brokers: ['brokers', 'config/model'],
  codegen: ['codegen', 'config/model'],
  runtime: ['runtime', 'codegen', 'brokers', 'config'],
  'runtime/client': ['runtime/client'],
  // Of the server it knows the HTTP API only.
  'console/src': ['console/src', 'config/model'],
  'test/conformance': ['test/conformance', 'brokers', 'config/model'],
};

const topLevel = new Set([
  '.ci',
  '.git',
  '.gitignore',
  '.mocharc.json',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'bench',
  'biome.json',
  'brokers',
  'build.ts',
  'codegen',
  'config',
  'console',
  'dist',
  'docs',
  'node_modules',
  'package-lock.json',
  'package.json',
  'runtime',
  'samples',
  'test',
  'tsconfig.build.json',
  'tsconfig.json',
]);

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('node_modules'))
    .map((file) => join(folder, file))
    .sort();
}

/** The relative imports of a module, static, dynamic, of types or re-exported, as paths from the root. */
function imports(file: string, text: string): string[] {
  const specifiers = text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*['"](\.{1,2}\/[^'"]+)['"]/g);
  return [...specifiers].map(([, specifier = '']) => normalize(join(dirname(file), specifier)));
}

const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

function forbidden(file: string, text: string): string[] {
  const rooms = Object.keys(mayImport).filter((folder) => within(file, folder));
  const room = rooms.toSorted((a, b) => b.length - a.length)[0];
  const allowed = room === undefined ? undefined : mayImport[room];
  if (allowed === undefined) return [];
  return imports(file, text)
    .filter((path) => !allowed.some((folder) => within(path, folder)))
    .map((path) => `${file} imports ${path}`);
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const product = ['config', 'brokers', 'codegen', 'runtime'].flatMap(sources);

describe('architecture', () => {
  it('imports point one way: config ← brokers ← runtime, config ← codegen ← runtime, the client stands alone, and the console asks over HTTP', () => {
    const files = [...product, ...sources('console/src'), ...sources('test/conformance')];
    expect(files.length).to.be.greaterThan(50);
    expect(files.flatMap((file) => forbidden(file, read(file)))).to.deep.equal([]);
  });

  it('sees a forbidden import, however it is written', () => {
    const text = `import { a } from '../runtime/index.js';
import type { B } from '../codegen/index.js';
export * from '../config/store/store.js';
const c = await import('../runtime/engine/engine.js');
import '../samples/crm/model.js';
import { fine } from '../config/model/index.js';`;
    expect(forbidden('brokers/example.ts', text)).to.deep.equal([
      'brokers/example.ts imports runtime/index.js',
      'brokers/example.ts imports codegen/index.js',
      'brokers/example.ts imports config/store/store.js',
      'brokers/example.ts imports runtime/engine/engine.js',
      'brokers/example.ts imports samples/crm/model.js',
    ]);
  });

  it('only config/settings.ts reads the environment', () => {
    const readers = product.filter((file) => /process\s*\.\s*env\b/.test(read(file)));
    expect(readers).to.deep.equal(['config/settings.ts']);
  });

  it('a file holds one concept: none is over 300 lines', () => {
    const long = product.filter((file) => read(file).split('\n').length > 300);
    expect(long).to.deep.equal([]);
  });

  it('the top level is the one of the design', () => {
    const others = readdirSync(root).filter((name) => !topLevel.has(name) && !name.startsWith('.smartwright'));
    expect(others.map((name) => relative('.', name))).to.deep.equal([]);
  });

  it('the lock file names no download host', () => {
    expect(read('package-lock.json')).not.to.match(/"resolved":/);
  });
});
