import assert from 'node:assert/strict';
import { CallerError } from '../../config/model/errors.js';
import type { Proof } from './broker-suite.js';
import { type Fault, withFault } from './fault-service.js';
import { assertUpstream, rejection } from './rejection.js';
import { nameOf } from './subject.js';

const refusals = [400, 401, 404, 409, 500, 503] as const;
const breaks: readonly Fault[] = ['cut-off', 'too-large', 'garbage'];

/** Calls of a service that refuses or fails. */
export const checkFaults = {
  async refused(subject) {
    for (const status of refusals) {
      await withFault(status, undefined, async ({ http }) => {
        for (const call of await subject.sampleCalls()) {
          const doing = `${nameOf(call)}, answered with ${status},`;
          const error = await rejection(() => subject.broker.execute(call, subject.context({ http })));
          assertUpstream(error, doing, 'UPSTREAM_REFUSED');
          const { upstream } = error.extensions as { upstream?: { status?: unknown } };
          assert.equal(upstream?.status, status, `${doing} must carry upstream.status in its extensions`);
        }
      });
    }
  },

  async timeout(subject) {
    const [call] = await subject.sampleCalls();
    assert.ok(call !== undefined);
    await withFault('hang', undefined, async ({ http, released }) => {
      const error = await rejection(() => subject.broker.execute(call, subject.context({ http })));
      assertUpstream(error, `${nameOf(call)}, never answered,`, 'UPSTREAM_TIMEOUT');
      await released;
    });
  },

  async broken(subject) {
    for (const fault of breaks) {
      await withFault(fault, undefined, async ({ http }) => {
        for (const call of await subject.sampleCalls()) {
          const error = await rejection(() => subject.broker.execute(call, subject.context({ http })));
          // A method without a result has no use for the body, and one whose result is text takes a page for what it is.
          if (error === undefined && (call.method.output === false || fault === 'garbage')) continue;
          assertUpstream(error, `${nameOf(call)}, whose answer is ${fault},`);
        }
      });
    }
  },

  async executeAborts(subject) {
    const [call] = await subject.sampleCalls();
    assert.ok(call !== undefined);
    const abort = new AbortController();
    await withFault('hang', abort.signal, async ({ http, reached, released }) => {
      const calling = rejection(() => subject.broker.execute(call, subject.context({ http, signal: abort.signal })));
      await Promise.race([reached, calling]);
      abort.abort();
      const error = await calling;
      assert.ok(
        error instanceof CallerError && error.code === 'CANCELLED',
        `an aborted call must fail as CANCELLED, not ${String(error)}`,
      );
      await released;
    });
  },
} as const satisfies Record<string, Proof>;
