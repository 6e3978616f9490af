import { environmentValue } from '../../config/settings.js';

/** The value of an environment variable; undefined when it is not set. */
export function environmentVariable(name: string): string | undefined {
  try {
    return environmentValue(name);
  } catch {
    // It throws only for a variable that is not set.
    return undefined;
  }
}
