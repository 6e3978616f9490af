import assert from 'node:assert/strict';
import { CallerError, ConfigurationError } from '../../config/model/errors.js';
import type { Proof } from './broker-suite.js';
import { withFault } from './fault-service.js';
import { rejection } from './rejection.js';

/** How discovery behaves when the service does not. A broker that reads files only makes no request, and passes. */
export const checkDiscovery = {
  async garbage(subject) {
    await withFault('garbage', undefined, async ({ http, requests }) => {
      const error = await rejection(() => subject.describe({ http }));
      if (requests.length === 0) return;
      assert.ok(
        error instanceof ConfigurationError,
        `a web page instead of a description must be a ConfigurationError, not ${String(error)}`,
      );
    });
  },

  async describeAborts(subject) {
    const abort = new AbortController();
    await withFault('hang', abort.signal, async ({ http, reached, released }) => {
      const describing = rejection(() => subject.describe({ http, signal: abort.signal }));
      const waits = await Promise.race([describing.then(() => false), reached.then(() => true)]);
      if (!waits) return;
      abort.abort();
      const error = await describing;
      await released;
      assert.ok(
        error instanceof CallerError && error.code === 'CANCELLED',
        `an aborted discovery must fail as CANCELLED, not ${String(error)}`,
      );
    });
  },
} as const satisfies Record<string, Proof>;
