import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { errorStatus } from '../../config/model/errors.js';
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

/** The variables that the command line reads by itself. */
function commandLineVariables(): Set<string> {
  const files = readdirSync(join(root, 'runtime/cli'), { recursive: true, encoding: 'utf8' });
  const sources = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, 'runtime/cli', file), 'utf8'));
  const read = sources.flatMap((text) =>
    [...text.matchAll(/environmentVariable\(\s*'(\w+)'/g)].map(([, name = '']) => name),
  );
  return new Set(read);
}

describe('the reference in the documentation', () => {
  it('has each error code with its status, and no other', () => {
    const table = rows(page('docs/api.md')).filter(([code = '']) => /^[A-Z]+(_[A-Z]+)*$/.test(code));
    expect(Object.fromEntries(table.map(([code = '', status]) => [code, Number(status)]))).to.deep.equal(errorStatus);
    expect(table.every(([, , meaning = '']) => meaning.length > 20)).to.equal(true);
  });

  it('names no error code that there is not', () => {
    const code = /`([A-Z]{3,}(?:_[A-Z]+)+)`/g;
    const known = new Set([...Object.keys(errorStatus), ...commandLineVariables()]);
    const unknown = pages.flatMap(({ file, text }) =>
      [...text.matchAll(code)]
        .map(([, name = '']) => name)
        .filter((name) => !known.has(name) && !name.startsWith('SMARTWRIGHT_'))
        .map((name) => `${file}: ${name}`),
    );
    expect(unknown).to.deep.equal([]);
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
