import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { errorStatus } from '../../config/model/errors.js';
import { tokenErrorKinds, tokenHealths } from '../../config/model/token-error.js';
import { readSettings } from '../../config/settings.js';
import { createServer, type SmartwrightServer } from '../../runtime/server/index.js';
import { checks } from '../conformance/options.js';
import { type Installation, install } from '../support/installation.js';
import { type Page, readPages, root } from './page.js';

const pages = readPages();
const page = (file: string): Page => pages.find((candidate) => candidate.file === file) ?? expect.fail(`no ${file}`);

/** The rows of a page's tables, cell by cell, without their back quotes. */
const rows = ({ text }: Page): string[][] =>
  [...text.matchAll(/^\| (.+) \|$/gm)].map(([, row = '']) => row.split(' | ').map((cell) => cell.replaceAll('`', '')));

/** The variables that the settings read. */
function settingsVariables(): Set<string> {
  const asked = new Set<string>();
  readSettings(
    new Proxy(
      {},
      {
        get(_target, name) {
          asked.add(String(name));
          return undefined;
        },
      },
    ),
  );
  return asked;
}

/** The text of every source file below the folders. */
const sources = (...folders: readonly string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(root, folder, file), 'utf8')),
  );

/** What a pattern's first group finds in texts. */
const found = (texts: readonly string[], pattern: RegExp): Set<string> =>
  new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, group = '']) => group)));

/** The variables that the command line reads by itself. */
const commandLineVariables = (): Set<string> => found(sources('runtime/cli'), /environmentVariable\(\s*'(\w+)'/g);

describe('the reference in the documentation', () => {
  it('has each error code with its status, and no other', () => {
    const table = rows(page('docs/api.md')).filter(([code = '']) => /^[A-Z]+(_[A-Z]+)*$/.test(code));
    expect(Object.fromEntries(table.map(([code = '', status]) => [code, Number(status)]))).to.deep.equal(errorStatus);
    expect(table.every(([, , meaning = '']) => meaning.length > 20)).to.equal(true);
  });

  it('names no code, of an error or a diagnostic, that the sources do not have', () => {
    const known = found(sources('config', 'brokers', 'runtime'), /\b([A-Z]{3,}(?:_[A-Z]+)+)\b/g);
    const named = pages.flatMap(({ file, text }) =>
      [...found([text], /`([A-Z]{3,}(?:_[A-Z]+)+)`/g)].map((name) => ({ file, name })),
    );
    expect(named.length).to.be.greaterThan(30);
    expect(named.filter(({ name }) => !known.has(name))).to.deep.equal([]);
  });

  it('has a test for each fault that docs/security.md lists, and a line for each that a test is about', () => {
    const listed = page('docs/security.md').text.match(/^\d+\. /gm) ?? [];
    const about = sources('test').flatMap((text) => text.match(/\bfaults? \d+(?: and \d+)?:/g) ?? []);
    const tried = new Set(about.flatMap((title) => title.match(/\d+/g) ?? []).map(Number));
    expect([...tried].toSorted((a, b) => a - b)).to.deep.equal(listed.map(Number));
    expect(listed).to.have.length.greaterThan(30);
  });

  it('has a row in docs/operators.md for each variable that the settings read, and no other', () => {
    const listed = rows(page('docs/operators.md')).flatMap(([cell = '']) => cell.match(/SMARTWRIGHT_[A-Z_]+/g) ?? []);
    expect(listed.toSorted()).to.deep.equal([...settingsVariables()].toSorted());
  });

  it('names no variable that nothing reads', () => {
    const known = new Set([...settingsVariables(), ...commandLineVariables()]);
    const unknown = pages.flatMap(({ file, text }) =>
      (text.match(/SMARTWRIGHT_[A-Z_]*[A-Z]/g) ?? [])
        .filter((name) => !known.has(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(unknown).to.deep.equal([]);
  });

  it('names files and folders that there are', () => {
    const rooms = /`((?:config|brokers|codegen|runtime|samples|test|bench|docs)\/[\w./-]+)`/g;
    // The tutorial tells of the files of another package.
    const own = pages.filter(({ file }) => file !== 'docs/broker-tutorial.md');
    const named = own.flatMap(({ file, text }) => [...found([text], rooms)].map((path) => ({ file, path })));
    expect(named.length).to.be.greaterThan(20);
    expect(named.filter(({ path }) => !existsSync(join(root, path)))).to.deep.equal([]);
  });

  it('has each state of a token, and who can mend its last error', () => {
    const { text } = page('docs/admins.md');
    const missing = [...tokenHealths, ...tokenErrorKinds].filter((word) => !text.includes(`\`${word}\``));
    expect(missing).to.deep.equal([]);
  });

  it('has each check of the conformance suite, and no other', () => {
    const listed = rows(page('docs/broker-tutorial.md'))
      .map(([name = '']) => name)
      .filter((name) => name in checks);
    expect(listed).to.deep.equal(Object.keys(checks));
  });

  describe('of the HTTP API', () => {
    let installation: Installation;
    let server: SmartwrightServer;
    let url: string;

    before(async () => {
      installation = await install();
      server = createServer({ ...installation.runtime, settings: { ...installation.runtime.settings, port: 0 } });
      ({ url } = await server.listen());
    });
    after(async () => {
      await server.close();
      await installation.close();
    });

    it('names routes that the server has', async () => {
      const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, object> };
      const routes = new Set(
        Object.entries(paths).flatMap(([path, item]) =>
          Object.keys(item).map((verb) => `${verb.toUpperCase()} ${path}`),
        ),
      );
      const written = pages.flatMap(({ file, text }) =>
        [...text.matchAll(/`(GET|PUT|POST|DELETE) (\/api[^`?\s]*)/g)].map(([, verb = '', path = '']) => ({
          file,
          route: `${verb} ${path}`,
        })),
      );
      expect(written.length).to.be.greaterThan(15);
      const template = (route: string) => route.replace(/\{[^}]*\}/g, '{}');
      const templates = new Set([...routes].map(template));
      const unknown = written.filter(({ route }) => !templates.has(template(route)));
      expect(unknown).to.deep.equal([]);
    });
  });
});
