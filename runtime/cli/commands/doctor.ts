import type { Check } from '../doctor/diagnose.js';
import { teach, withData } from '../options.js';
import type { Output } from '../output/output.js';
import { CheckFailed } from '../usage-error.js';
import type { Register } from './index.js';

/** `smartwright doctor`: looks for what would keep an installation from working. */
export const doctor: Register = (program, { output }) => {
  const command = program
    .command('doctor')
    .description('Checks an installation: Node, data folder, key file, store, port, descriptions, tokens, clock.');
  teach(withData(command), {
    examples: ['smartwright doctor', 'smartwright doctor --data /var/lib/smartwright --json'],
    notes: 'With --json: { ok, checks: [{ name, state: ok | warning | failed, found, remedy? }] }.',
    failed: 'a check failed',
  }).action(async ({ data }: { readonly data?: string }) => {
    const { diagnose } = await import('../doctor/diagnose.js');
    const checks = await diagnose(data, output.progress);
    const failed = checks.filter(({ state }) => state === 'failed').length;
    output.result({ ok: failed === 0, checks }, () => text(checks, output));
    if (failed > 0) throw new CheckFailed(`${failed} of ${checks.length} checks failed.`);
  });
};

function text(checks: readonly Check[], output: Output): string {
  const rows = checks.map(({ name, state, found }) => [state, name, found]);
  const remedies = checks.flatMap(({ name, remedy }) => (remedy === undefined ? [] : [`${name}: ${remedy}`]));
  return [output.table(['State', 'Check', 'Found'], rows), ...(remedies.length === 0 ? [] : ['', ...remedies])].join(
    '\n',
  );
}
