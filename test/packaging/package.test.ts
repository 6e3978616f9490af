import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { petsDocument } from '../cli/pets.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/** npm's codes for a registry that is not reachable and a cache that has not what is needed. */
const offline = /ENOTCACHED|EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/;

describe('the packed package, installed in an empty project', function () {
  this.timeout(180_000);
  let project: string;
  const write = (name: string, content: string): string => {
    writeFileSync(join(project, name), content);
    return join(project, name);
  };
  const node = (...args: string[]) => run(process.execPath, args, { cwd: project });
  const smartwright = (...args: string[]) =>
    run(join(project, 'node_modules', '.bin', 'smartwright'), args, { cwd: project });
  const typeCheck = (...files: string[]) =>
    node(
      compiler,
      '--noEmit',
      '--strict',
      '--target',
      'es2023',
      '--module',
      'nodenext',
      '--exactOptionalPropertyTypes',
      '--noUncheckedIndexedAccess',
      '--types',
      'node',
      ...files,
    );

  before(async function () {
    project = mkdtempSync(join(tmpdir(), 'smartwright-package-'));
    await run('npm', ['pack', '--silent', '--pack-destination', project], { cwd: root });
    const archive = readdirSync(project).find((name) => name.endsWith('.tgz'));
    write('package.json', '{ "name": "empty", "private": true, "type": "module" }');
    try {
      const flags = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
      await run('npm', ['install', `./${archive}`, ...flags], { cwd: project });
    } catch (error) {
      const { stderr } = error as { stderr: string };
      if (!offline.test(stderr)) throw error;
      // Mocha has no reason for a skip but the title's.
      console.log('      skipped: the dependencies are neither in npm’s cache nor can they be downloaded');
      this.skip();
    }
    // Instead of compiling the SQLite driver once more: what the checkout has compiled.
    const binding = join('node_modules', 'better-sqlite3', 'build', 'Release', 'better_sqlite3.node');
    cpSync(join(root, binding), join(project, binding));
    mkdirSync(join(project, 'node_modules', '@types'), { recursive: true });
    symlinkSync(join(root, 'node_modules', '@types', 'node'), join(project, 'node_modules', '@types', 'node'));
    write('pets.json', JSON.stringify(petsDocument('https://pets.example')));
  });
  after(() => rmSync(project, { recursive: true, force: true }));

  it('explains itself and tells its version', async () => {
    expect((await smartwright('--help')).stdout).to.contain('Usage: smartwright');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect((await smartwright('--version')).stdout.trim()).to.equal(version);
  });

  it('discovers, and generates modules that compile under strict against its client', async () => {
    const service = ['--type', 'rest', '--key', 'descriptor=pets.json'];
    expect(JSON.parse((await smartwright('discover', ...service, '--json')).stdout)).to.include({ methods: 5 });
    await smartwright('generate', ...service, '--out', 'shop', '--name', 'shop');
    await typeCheck(join(project, 'shop', 'index.ts'));
  });

  it('opens a store', async () => {
    const { stdout } = await smartwright('doctor', '--data', 'data', '--json');
    expect(JSON.parse(stdout)).to.include({ ok: true });
  });

  it('passes the notices on of what is gathered in it', () => {
    const notices = readFileSync(join(project, 'node_modules', 'smartwright', 'dist', 'licenses.txt'), 'utf8');
    for (const name of ['ajv', 'lossless-json', 'react', '@mantine/core'])
      expect(notices).to.match(new RegExp(`^${name}$`, 'm'));
  });

  it('has types for each of its entries', async () => {
    const file = write(
      'consumer.ts',
      `import { createRuntime, type Runtime } from 'smartwright';
import type { Broker } from 'smartwright/broker';
import { connect, Problem, type Transport } from 'smartwright/client';
import { brokerSuite } from 'smartwright/conformance';
export const transport: Transport = connect({ url: 'https://smartwright.example' });
export const start = (data: string): Promise<Runtime> => createRuntime({ data });
export const prove = (broker: Broker): void => brokerSuite('mine', { broker, keys: {} });
export const isProblem = (error: unknown): error is Problem => error instanceof Problem;
`,
    );
    await typeCheck(file);
  });

  it('runs a module that imports its client', async () => {
    const file = write(
      'client.mjs',
      `import { connect, Problem } from 'smartwright/client';
const transport = connect({ url: 'http://127.0.0.1:1' });
console.log(typeof transport, typeof Problem);
`,
    );
    expect((await node(file)).stdout.trim()).to.equal('object function');
  });

  it('scaffolds a broker that compiles, passes the conformance suite and serves the command line', async () => {
    const folder = join(project, 'catalogue-broker');
    const { stdout } = await smartwright('broker', 'init', folder, '--json');
    expect(JSON.parse(stdout)).to.include({ type: 'catalogue' });
    await run(process.execPath, [compiler, '-p', folder], { cwd: folder });
    const suite = await run(process.execPath, ['--test', 'dist/test/conformance.test.js'], { cwd: folder });
    expect(suite.stdout)
      .to.match(/# fail 0/)
      .and.match(/# pass 17/)
      .and.match(/# skipped 0/);

    const { startService } = (await import(pathToFileURL(join(folder, 'dist', 'test', 'service.js')).href)) as {
      startService(): Promise<{ url: string; close(): Promise<void> }>;
    };
    const service = await startService();
    try {
      const args = [
        'call',
        '--type',
        'catalogue',
        '--key',
        `service-url=${service.url}`,
        'books.list',
        '--input',
        '{"limit":1}',
        '--json',
      ];
      const environment = { ...process.env, SMARTWRIGHT_BROKERS: join(folder, 'dist', 'src', 'broker.js') };
      const called = await run(join(project, 'node_modules', '.bin', 'smartwright'), args, {
        cwd: project,
        env: environment,
      });
      expect(JSON.parse(called.stdout)).to.deep.include({ next: '1' });
    } finally {
      await service.close();
    }
    const again = await smartwright('broker', 'init', folder).catch((error: { code: number; stderr: string }) => error);
    expect(again).to.include({ code: 1 });
    expect(again.stderr).to.contain('is not empty');
  });
});
