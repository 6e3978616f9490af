/**
 * A real PostgreSQL for tests, started once for all test files of a run and stopped after the last. Call `usePostgres()` in a
 * `describe`; it skips the block, with the reason, where no PostgreSQL can be started.
 */
import { type Postgres, type StartedPostgres, startPostgres } from '../support/postgres-server.js';

export type { Postgres, PostgresDatabase } from '../support/postgres-server.js';

let started: Promise<StartedPostgres> | undefined;

/** Registers a `before` hook that starts the server; call the result inside tests and hooks. */
export function usePostgres(): () => Postgres {
  let running: Postgres | undefined;
  before(async function () {
    this.timeout(120_000);
    try {
      started ??= startPostgres();
      running = await started;
    } catch (error) {
      console.log(`      no PostgreSQL here: ${error instanceof Error ? error.message : error}`);
      this.skip();
    }
  });
  return () => {
    if (running === undefined) throw new Error('PostgreSQL is used before its hook has run');
    return running;
  };
}

// At the top level of a file this is a root hook: it runs after the last test of the run.
after(async function () {
  this.timeout(60_000);
  await (await started?.catch(() => undefined))?.stop();
});
