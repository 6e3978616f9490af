import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { temporaryFolder } from './temporary-folder.js';

const main = fileURLToPath(new URL('../../runtime/cli/main.ts', import.meta.url));

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', main, ...args], { stdio: 'pipe' });
}

async function ended(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => (stream === null ? '' : text(stream)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: (await stdout) ?? '', stderr: (await stderr) ?? '' };
}

describe('the program', () => {
  const folder = temporaryFolder();

  it('explains itself, and each command with examples and exit codes', async () => {
    const { code, stdout } = await ended(start(['--help']));
    expect(code).to.equal(0);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
    expect(commands).to.include.members([
      'start',
      'discover',
      'generate',
      'call',
      'apply',
      'export',
      'diff',
      'instance',
      'auth',
      'user',
      'key',
      'doctor',
      'broker',
    ]);
    const help = await ended(start(['call', '--help']));
    expect(help.stdout).to.contain('Examples:\n  $ smartwright call').and.contain('Exit codes: 0 done');
  });

  it('ends with exit code 2 when the command line is wrong, and suggests what was meant', async () => {
    const { code, stdout, stderr } = await ended(start(['discovr', '--json']));
    expect(code).to.equal(2);
    expect(JSON.parse(stdout)).to.include({ code: 'USAGE' });
    expect(stderr).to.contain('Did you mean discover?');
  });

  it('ends quietly when its reader goes away', async () => {
    const paths: Record<string, object> = {};
    for (let n = 0; n < 3_000; n++)
      paths[`/things${n}/{id}`] = {
        get: {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { 204: { description: 'x' } },
        },
      };
    const descriptor = folder.write(
      'many.json',
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 't', version: '1' },
        servers: [{ url: 'https://a.example' }],
        paths,
      }),
    );
    const child = start(['discover', '--type', 'rest', '--key', `descriptor=${descriptor}`, '--methods']);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const stderr = child.stderr === null ? '' : text(child.stderr);
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).to.equal(0);
    expect(await stderr).to.equal('');
  });

  it('serves until SIGTERM, and then stops with exit code 0', async () => {
    const child = start(['start', '--port', '0', '--data', folder.path('data'), '--json', '--quiet']);
    let stdout = '';
    for await (const chunk of child.stdout ?? []) {
      stdout += chunk;
      if (stdout.includes('}')) break;
    }
    const { url, signInUrl } = JSON.parse(stdout) as { url: string; signInUrl: string };
    expect((await fetch(`${url}/readyz`)).status).to.equal(200);
    expect(signInUrl).to.contain(`${url}/sign-in/once?token=`);
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).to.equal(0);
  });
});
