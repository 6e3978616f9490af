import type { MethodResult, StreamedResult } from '../../../brokers/broker.js';
import { type FieldError, UpstreamError } from '../../../config/model/errors.js';
import type { Logger } from '../../../config/model/logger.js';
import type { SmartCall } from '../engine.js';
import type { TargetStep } from '../resolve.js';
import { type Check, checkValue } from './faults-in.js';

/** The part of the process's CPU time that may go into checks of answers that need not be strict. */
const SHARE = 0.01;
/** The part of the time that may go into them however little the process does. */
const TRICKLE = 0.002;
/** Milliseconds of checks that may be done at once after a quiet while. */
const BURST = 50;
/** Milliseconds after which the allowance is worked out anew. */
const INTERVAL = 50;
/** Values and schemas that are looked at in one answer that need not be strict. */
const STEPS = 200_000;
/** The same where answers are strict; what is beyond counts as valid. */
const STRICT_STEPS = 20_000_000;
/** Milliseconds between two lines of the log about the same method. */
const QUIET = 60_000;
/** Methods of which it is known when they were logged. */
const MOST_LOGGED = 10_000;
/** Times that types are loaded for one answer: one for each level of types within one another that is new. */
const LOADS = 50;

/** Answers of a method that are checked in any case, after it was loaded. */
const FIRST = 10;

/**
 * Checks whether answers keep to the schema that their service declares. Answers that need not be strict are checked as long
 * as it takes no more than about a hundredth of the CPU time: every one where little happens, a sample where much does. The
 * first ones of each method are checked in any case.
 */
export class AnswerChecks {
  readonly #log: Logger;
  /** When each method was last logged, by its name: a method that is loaded again is the same. */
  readonly #logged = new Map<string, number>();
  readonly #checks = new WeakMap<TargetStep, number>();
  /** Answers, or items that arrived alone, since the start. */
  readonly counts = { checked: 0, invalid: 0 };
  #allowance = BURST;
  #since = performance.now();
  #cpu = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Whether an answer of the step is to be checked now. */
  due(step: TargetStep): boolean {
    if (step.connection.strict) return true;
    const done = this.#checks.get(step) ?? 0;
    if (done < FIRST) {
      this.#checks.set(step, done + 1);
      return true;
    }
    const passed = performance.now() - this.#since;
    if (passed > INTERVAL) this.#accrue(passed);
    return this.#allowance > 0;
  }

  #accrue(passed: number): void {
    const { user, system } = process.cpuUsage();
    const cpu = (user + system) / 1_000;
    this.#allowance = Math.min(BURST, this.#allowance + (cpu - this.#cpu) * SHARE + passed * TRICKLE);
    this.#cpu = cpu;
    this.#since += passed;
  }

  /**
   * What in a result breaks its schema: each fault's place is a pointer into the value, or into `{ items, meta }`.
   *
   * @throws UpstreamError UPSTREAM_INVALID when the instance's answers are strict
   */
  async ofResult(step: TargetStep, call: SmartCall, result: MethodResult): Promise<readonly FieldError[]> {
    const { output, meta } = step.method;
    return await this.#faults(step, call, (check) => {
      if ('items' in result) {
        const items = { outer: undefined, step: 'items' };
        for (const [index, item] of result.items.entries())
          checkValue(check, item, output, { outer: items, step: index });
        if (meta !== undefined && result.meta !== undefined)
          checkValue(check, result.meta, meta, { outer: undefined, step: 'meta' });
      } else if (result.value !== undefined && output !== false) checkValue(check, result.value, output);
    });
  }

  /**
   * The same for a result that arrives: each item is checked when it is there, and one that breaks its schema ends the stream
   * where answers are strict.
   */
  async whileArriving(step: TargetStep | undefined, call: SmartCall, result: StreamedResult): Promise<StreamedResult> {
    if (step === undefined || 'bytes' in result) return result;
    if ('arriving' in result) return { ...result, arriving: this.#checked(step, call, result.arriving) };
    if (this.due(step)) await this.ofResult(step, call, result);
    return result;
  }

  async *#checked(
    step: TargetStep,
    call: SmartCall,
    items: AsyncIterable<unknown>,
  ): AsyncGenerator<unknown, void, undefined> {
    const { output } = step.method;
    for await (const item of items) {
      if (this.due(step)) await this.#faults(step, call, (check) => checkValue(check, item, output));
      yield item;
    }
  }

  async #faults(step: TargetStep, call: SmartCall, look: (check: Check) => void): Promise<readonly FieldError[]> {
    const start = performance.now();
    let waited = 0;
    let faults: readonly FieldError[] = [];
    for (let load = 0; load < LOADS; load++) {
      const types = step.connection.types.known;
      const check: Check = {
        types,
        missing: new Set(),
        faults: [],
        left: step.connection.strict ? STRICT_STEPS : STEPS,
      };
      look(check);
      faults = check.faults;
      if (check.missing.size === 0) break;
      const before = performance.now();
      await step.connection.types.load(check.missing);
      waited += performance.now() - before;
    }
    this.#allowance -= performance.now() - start - waited;
    this.counts.checked += 1;
    if (faults.length > 0) this.counts.invalid += 1;
    if (faults.length > 0) this.#report(step, call, faults);
    return faults;
  }

  #report(step: TargetStep, { object, method }: SmartCall, faults: readonly FieldError[]): void {
    if (step.connection.strict) {
      const shown = faults
        .slice(0, 3)
        .map(({ pointer, message }) => `${pointer === '' ? 'the answer' : pointer} ${message}`);
      const message = `The answer of ${object}.${method} breaks the schema that its service declares: ${shown.join('; ')}. To have such answers passed on, take strictAnswers off the service instance.`;
      throw new UpstreamError('UPSTREAM_INVALID', message, { fields: faults });
    }
    const now = performance.now();
    const name = `${object}.${method}`;
    if (now - (this.#logged.get(name) ?? Number.NEGATIVE_INFINITY) < QUIET) return;
    if (this.#logged.size >= MOST_LOGGED) this.#logged.clear();
    this.#logged.set(name, now);
    this.#log.warn(
      { object, method, faults: faults.slice(0, 5) },
      'An answer breaks the schema that its service declares; it is passed on',
    );
  }
}
