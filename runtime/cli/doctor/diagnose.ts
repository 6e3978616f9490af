import type { Settings } from '../../../config/model/settings.js';
import { readSettings } from '../../../config/settings.js';
import { createRuntime } from '../../index.js';
import type { Runtime } from '../../runtime.js';
import { checkDescriptions, checkTokens } from './contents.js';
import { checkClock, checkDataFolder, checkKeyFile, checkNode, checkPort } from './surroundings.js';

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  /** `warning`: it works, and somebody should look at it. `failed`: something does not work. */
  readonly state: 'ok' | 'warning' | 'failed';
  /** What is the case. */
  readonly found: string;
  /** What to do, unless it is ok. */
  readonly remedy?: string;
}

/**
 * Looks at all that an installation stands on. A check that another one's failure makes impossible is left out; nothing is
 * repaired.
 */
export async function diagnose(data: string | undefined, progress: (message: string) => void): Promise<Check[]> {
  const checks: Check[] = [checkNode(process.versions.node)];
  let settings: Settings;
  try {
    settings = readSettings(undefined, { ...(data === undefined ? {} : { data }), logLevel: 'silent' });
    checks.push({ name: 'settings', state: 'ok', found: 'all of the environment is valid' });
  } catch (error) {
    return [
      ...checks,
      { name: 'settings', state: 'failed', found: messageOf(error), remedy: 'Correct the variable that is named.' },
    ];
  }
  progress('Looking at the data folder');
  checks.push(await checkDataFolder(settings.data), await checkKeyFile(settings), await checkPort(settings));
  progress('Opening the store');
  return [...checks, ...(await checkStore(settings))];
}

async function checkStore(settings: Settings): Promise<Check[]> {
  const where = settings.databaseUrl === undefined ? `SQLite in ${settings.data}` : 'PostgreSQL';
  let runtime: Runtime;
  try {
    runtime = await createRuntime(settings);
  } catch (error) {
    const remedy = 'See the message; the database must be reachable and the master key the one that it was made with.';
    return [{ name: 'store', state: 'failed', found: `${where}: ${messageOf(error)}`, remedy }];
  }
  try {
    await runtime.store.ping();
    const revision = await runtime.store.revision();
    const store: Check = {
      name: 'store',
      state: 'ok',
      found: `${where}, reachable and migrated; revision ${revision}`,
    };
    return [
      store,
      ...(await checkDescriptions(runtime)),
      ...(await checkTokens(runtime.store)),
      await checkClock(runtime.store),
    ];
  } catch (error) {
    return [
      {
        name: 'store',
        state: 'failed',
        found: `${where}: ${messageOf(error)}`,
        remedy: 'Repair the database, or restore a backup.',
      },
    ];
  } finally {
    await runtime.close();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
