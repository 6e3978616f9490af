import { setTimeout as pause } from 'node:timers/promises';
import { CallerError } from '../../../config/model/errors.js';

/** Sites remembered at most. */
const MOST_SITES = 1_000;

/** Milliseconds that a site is left alone before it is asked again, whatever it says. */
const LONGEST = 600_000;

interface Busy {
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly status: number;
}

const busy = new Map<string, Busy>();

/** A site has asked to be left alone. All calls of it wait, for ten minutes at most. */
export function slowDown(site: string, status: number, milliseconds: number): void {
  const until = Math.max(busy.get(site)?.until ?? 0, Date.now() + Math.min(milliseconds, LONGEST));
  busy.delete(site);
  busy.set(site, { until, status });
  const [oldest] = busy.keys();
  if (busy.size > MOST_SITES && oldest !== undefined) busy.delete(oldest);
}

/** Until when a site wants to be left alone; undefined when it does not. */
export function busyUntil(site: string): Busy | undefined {
  const known = busy.get(site);
  if (known === undefined || known.until > Date.now()) return known;
  busy.delete(site);
  return undefined;
}

/** @throws CallerError CANCELLED */
export async function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(milliseconds, undefined, { signal });
  } catch (cause) {
    throw new CallerError('CANCELLED', 'The call was cancelled while the site was busy.', { cause });
  }
}
