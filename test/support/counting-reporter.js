import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/**
 * Mocha's `spec` reporter that also writes the counts, as JSON, to the file named by the reporter option `counts`. Plain JavaScript:
 * mocha loads a reporter before anything that reads TypeScript.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    const file = options.reporterOptions?.counts;
    if (typeof file !== 'string') throw new Error('Name the file: --reporter-option counts=FILE');
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
}
