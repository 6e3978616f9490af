/**
 * The conformance suite of the broker contract. Every broker passes it; a broker from outside runs it in a few lines:
 *
 *     import { describe, it } from 'node:test'
 *     import { brokerSuite } from 'smartwright/conformance'
 *     brokerSuite('catalogue', { broker, keys: { serviceUrl }, describe, it })
 *
 * It works with mocha, with node:test, and with whatever else has `describe` and `it`.
 */
import { checkDescription } from './check-description.js';
import { checkDiscovery } from './check-discovery.js';
import { checkExecution } from './check-execution.js';
import { checkFaults } from './check-faults.js';
import { checkHostility } from './check-hostility.js';
import { checkKeys } from './check-keys.js';
import { type Check, checks, type SuiteOptions, type TestFunction } from './options.js';
import { Subject } from './subject.js';

export type { Check, KnownCall, SuiteOptions, TestFunction } from './options.js';

/** What proves a check: throws when the broker does not hold to it. */
export type Proof = (subject: Subject) => Promise<void>;

/** Registers the suite's tests for one broker. */
export function brokerSuite(name: string, options: SuiteOptions): void {
  const { describe, it } = runnerOf(options);
  const subject = new Subject(options);
  const proofs: Readonly<Record<Check, Proof>> = {
    ...checkKeys,
    ...checkDescription,
    ...checkDiscovery,
    ...checkExecution,
    ...checkFaults,
    ...checkHostility,
  };
  describe(`broker ${name}`, () => {
    for (const check of Object.keys(checks) as Check[]) {
      const reason = options.skip?.[check] ?? subject.cannot(check);
      if (reason === undefined) it(checks[check], () => proofs[check](subject));
      else it.skip(`${checks[check]} (skipped: ${reason})`, () => proofs[check](subject));
    }
  });
}

function runnerOf({ describe, it }: SuiteOptions): Required<Pick<SuiteOptions, 'describe' | 'it'>> {
  const globals = globalThis as { describe?: SuiteOptions['describe']; it?: TestFunction };
  const runner = { describe: describe ?? globals.describe, it: it ?? globals.it };
  if (runner.describe === undefined || runner.it === undefined) {
    throw new Error('brokerSuite needs a test runner: run it under mocha, or pass describe and it of node:test.');
  }
  return { describe: runner.describe, it: runner.it };
}
