/**
 * `npm run demo`: the whole job on real parts. Starts everything on free loopback ports, does it step by step, and leaves it
 * running until Ctrl-C. With `--once` it ends after the last step: exit code 0, or 1 when a step failed.
 */
import { parseArgs } from 'node:util';
import { createDemo } from './demo.js';
import { showLinks, showServers } from './links.js';
import { Report } from './report.js';
import { runSteps } from './run-steps.js';
import { startWorld } from './world.js';

const usage = `Usage: npm run demo [-- --once]

Starts Smartwright, a sample authorization server, a sample CRM, a SOAP service and a form page on free ports, and shows the whole job.

  --once   end after the last step (exit code 0; 1 when a step failed) instead of leaving everything running
  --help   this text

SMARTWRIGHT_DATA names the data folder; without it the demo uses a fresh one and removes it at the end.`;

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

process.exitCode = await main();

async function main(): Promise<number> {
  const { once, help } = readArguments();
  if (help) {
    console.log(usage);
    return 0;
  }
  const report = new Report((text) => process.stdout.write(text), process.stdout.isTTY === true);
  const world = await startWorld();
  try {
    showServers(world, report);
    const failed = await runSteps(createDemo(world, report, stop.signal));
    if (stop.signal.aborted) return 130;
    report.end(failed ? 'Failed after' : 'Done in');
    if (!once) {
      showLinks(world, report);
      await stopped(stop.signal);
    }
    return failed ? 1 : 0;
  } finally {
    await world.close();
  }
}

function readArguments(): { once: boolean; help: boolean } {
  try {
    const { values } = parseArgs({ options: { once: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
    return { once: values.once === true, help: values.help === true };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
