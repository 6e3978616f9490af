import { environmentVariable } from '../environment.js';
import type { InstallationOptions } from '../options.js';
import { UsageError } from '../usage-error.js';
import type { Installation } from './installation.js';

/**
 * Opens the installation that the options name: a server by `--server` or SMARTWRIGHT_URL, else the data folder. `--data` wins
 * over SMARTWRIGHT_URL.
 *
 * @throws UsageError; ConfigurationError for settings that are wrong; RuntimeError STORE_UNAVAILABLE
 */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  if (options.server !== undefined && options.data !== undefined) {
    throw new UsageError('--server and --data exclude one another: name one installation.');
  }
  const url = options.server ?? (options.data === undefined ? environmentVariable('SMARTWRIGHT_URL') : undefined);
  if (url === undefined || url === '') {
    const { openLocal } = await import('./local.js');
    return openLocal(options.data);
  }
  const { openRemote } = await import('./remote.js');
  return openRemote(url, options.apiKey ?? environmentVariable('SMARTWRIGHT_API_KEY'));
}

/** Opens an installation for the time of `work`, and closes it whatever comes. */
export async function withOpenInstallation<T>(
  options: InstallationOptions,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const installation = await openInstallation(options);
  try {
    return await work(installation);
  } finally {
    await installation.close();
  }
}
