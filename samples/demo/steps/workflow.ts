import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Demo } from '../demo.js';
import { salesBot } from '../people.js';
import { tokenRequestsOf } from '../token-requests.js';

const script = fileURLToPath(new URL('../../workflow/main.ts', import.meta.url));

/** A program of its own, with an API key that acts as a service account. It cannot sign in: an admin connects it once. */
export async function workflow(demo: Demo): Promise<void> {
  const { world, report } = demo;
  report.heading('Workflow: a program with an API key');
  const early = await run(demo);
  if (early.code !== 3)
    throw new Error(`The workflow ended with ${early.code} before it was connected: ${early.stderr}`);
  report.done('It runs before its service account is connected, and says what to do:');
  report.note(early.stderr.trim());

  const { person } = await demo.admin();
  const url = world.runtime.oauth.authorizationUrl('crm', 'service:workflow');
  const { result, asked } = await tokenRequestsOf(world.authorizationServer, async () => {
    await person.consent(url, salesBot);
    report.done(`The admin opens that address and connects the service account, as ${salesBot.displayName} in the CRM`);
    return run(demo);
  });
  if (result.code !== 0) throw new Error(`The workflow failed: ${result.stderr}`);
  report.done(`It runs again. The token endpoint was asked: ${asked}`);
  report.table(
    ['Action', 'Deal', ''],
    result.stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t')),
  );
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run({ world, signal }: Demo): Promise<Ended> {
  // Nothing else of this process's environment is the workflow's business.
  const env = { SMARTWRIGHT_URL: world.smartwright, SMARTWRIGHT_API_KEY: world.workflowKey };
  try {
    const ended = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], { env, signal });
    return { code: 0, ...ended };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (typeof code !== 'number') throw error;
    return { code, stdout, stderr };
  }
}
