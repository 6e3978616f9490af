import type { Demo } from './demo.js';
import { application } from './steps/application.js';
import { consent } from './steps/consent.js';
import { discover } from './steps/discover.js';
import { form } from './steps/form.js';
import { generate } from './steps/generate.js';
import { refresh } from './steps/refresh.js';
import { register } from './steps/register.js';
import { soap } from './steps/soap.js';
import { workflow } from './steps/workflow.js';
import { write } from './steps/write.js';

/**
 * Does the whole job, step by step. A step that fails ends it: the later ones stand on it.
 *
 * @returns whether one failed
 */
export async function runSteps(demo: Demo): Promise<boolean> {
  try {
    await register(demo);
    await discover(demo);
    const { browser } = await generate(demo);
    await consent(demo);
    await write(demo);
    await soap(demo);
    await refresh(demo);
    await application(demo);
    await workflow(demo);
    await form(demo, browser);
    return false;
  } catch (error) {
    if (!demo.signal.aborted) demo.report.failed(error instanceof Error ? error.message : String(error));
    return true;
  }
}
