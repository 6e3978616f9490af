import { access, constants, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import type { Settings } from '../../../config/model/settings.js';
import type { Store } from '../../../config/store/store.js';
import type { Check } from './diagnose.js';

/** The oldest Node that the product runs on; `engines` in package.json says the same. */
const oldestNode = [20, 19] as const;

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const check = { name: 'Node', found: version } as const;
  if (enough) return { ...check, state: 'ok' };
  return { ...check, state: 'failed', remedy: `Install Node ${oldestNode.join('.')} or newer.` };
}

/** Whether the data folder can be written, or made. */
export async function checkDataFolder(data: string): Promise<Check> {
  const folder = resolve(data);
  const name = 'data folder';
  try {
    const existing = await nearestExisting(folder);
    await access(existing, constants.R_OK | constants.W_OK | constants.X_OK);
    if (!(await stat(existing)).isDirectory()) throw new Error(`${existing} is not a folder`);
    return { name, state: 'ok', found: existing === folder ? folder : `${folder}, made at the first start` };
  } catch (error) {
    const remedy = 'Give the user that runs smartwright the right to write there, or name another folder with --data.';
    return { name, state: 'failed', found: `${folder}: ${(error as Error).message}`, remedy };
  }
}

async function nearestExisting(folder: string): Promise<string> {
  try {
    await stat(folder);
    return folder;
  } catch (error) {
    const parent = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error;
    return nearestExisting(parent);
  }
}

/** Whether the key file is for its owner's eyes only. */
export async function checkKeyFile(settings: Settings): Promise<Check> {
  const name = 'master key';
  if (settings.masterKeys !== undefined) return { name, state: 'ok', found: 'from SMARTWRIGHT_MASTER_KEY' };
  const file = join(settings.data, 'master.key');
  try {
    const mode = (await stat(file)).mode & 0o777;
    const found = `${file}, mode ${mode.toString(8).padStart(4, '0')}`;
    if ((mode & 0o077) === 0 || process.platform === 'win32') return { name, state: 'ok', found };
    return { name, state: 'failed', found, remedy: `Others can read it. Run: chmod 600 ${file}` };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { name, state: 'ok', found: `${file}, made at the first start` };
    return {
      name,
      state: 'failed',
      found: `${file}: ${(error as Error).message}`,
      remedy: 'Make the file readable for its owner.',
    };
  }
}

/** Whether the server could listen. A port in use is a warning: it may be the running server's own. */
export function checkPort({ host, port }: Settings): Promise<Check> {
  const name = 'port';
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        const remedy =
          'Nothing to do if that is the running server; else stop the other program or take another --port.';
        done({ name, state: 'warning', found: `${host}:${port} is in use`, remedy });
      } else {
        done({
          name,
          state: 'failed',
          found: `${host}:${port}: ${error.message}`,
          remedy: 'Set another SMARTWRIGHT_HOST or SMARTWRIGHT_PORT.',
        });
      }
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() =>
        done({ name, state: 'ok', found: port === 0 ? `a free one on ${host}` : `${host}:${port} is free` }),
      );
    });
  });
}

/** How far the clock may be behind what the store has recorded, milliseconds. */
const clockTolerance = 60_000;

/** Whether the clock has gone back: expiries and leases are judged by it. */
export async function checkClock(store: Store, now = new Date()): Promise<Check> {
  const [
    tokens,
    {
      items: [entry],
    },
  ] = await Promise.all([store.tokens.list(), store.audit.list({ limit: 1 })]);
  const times = [entry?.at, ...tokens.map(({ issuedAt }) => issuedAt)].flatMap((time) =>
    time === undefined ? [] : [Date.parse(time)],
  );
  const newest = Math.max(0, ...times);
  const name = 'clock';
  if (newest <= now.getTime() + clockTolerance) return { name, state: 'ok', found: now.toISOString() };
  const found = `${now.toISOString()}, but the store has a record of ${new Date(newest).toISOString()}`;
  return {
    name,
    state: 'failed',
    found,
    remedy: 'Set the clock, or have it set by NTP: token expiries are judged by it.',
  };
}
