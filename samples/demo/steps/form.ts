import { builtClient } from '../../form/server.js';
import type { Demo } from '../demo.js';

/** Serves the form page and asks for it as a browser does first. */
export async function form({ world, report }: Demo, browser: string): Promise<void> {
  report.heading('Form: a page that uses the same modules in the browser');
  world.form.serve({ smartwright: world.smartwright, modules: browser, client: builtClient });
  const parts = ['/', '/main.js', '/crm/index.js', '/client/index.js'];
  for (const part of parts) {
    const answer = await fetch(world.form.origin + part);
    if (answer.status !== 200) throw new Error(`${world.form.origin}${part} answers ${answer.status}.`);
    await answer.body?.cancel();
  }
  report.done(`Served on its own origin, which Smartwright allows: ${world.form.origin}`);
  const preflight = await fetch(`${world.smartwright}/api/smartobjects/crm_Contact/List`, {
    method: 'OPTIONS',
    headers: { origin: world.form.origin, 'access-control-request-method': 'POST' },
  });
  if (preflight.headers.get('access-control-allow-origin') !== world.form.origin) {
    throw new Error('Smartwright does not let the form call it.');
  }
  report.done('Its calls carry the person’s session; a missing consent shows a Connect button');
}
