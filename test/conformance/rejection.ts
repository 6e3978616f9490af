import assert from 'node:assert/strict';
import { type ErrorCode, SmartwrightError, UpstreamError } from '../../config/model/errors.js';

/** What `work` throws; undefined when it does not. */
export async function rejection(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Asserts that an error is one of ours: a program can branch on its code, and a person is told what to do. */
export function assertTyped(error: unknown, doing: string): asserts error is SmartwrightError {
  assert.ok(
    error instanceof SmartwrightError,
    `${doing} must fail with an error of config/model/errors.ts, not ${String(error)}`,
  );
  assert.notEqual(error.code, 'INTERNAL', `${doing} must not fail as INTERNAL: ${error.message}`);
  assert.ok(error.message.trim() !== '', `${doing} must fail with a message`);
}

/** Asserts that an error is an `UpstreamError`, with this code when one is given. */
export function assertUpstream(error: unknown, doing: string, code?: ErrorCode): asserts error is UpstreamError {
  assertTyped(error, doing);
  assert.ok(
    error instanceof UpstreamError,
    `${doing} must fail with an UpstreamError, not ${error.name} ${error.code}: ${error.message}`,
  );
  if (code !== undefined) assert.equal(error.code, code, `${doing}: ${error.message}`);
}
