import { AssertionError, expect } from 'chai';
import { type ErrorCode, isSmartwrightError, type SmartwrightError } from '../../config/model/errors.js';

/** The error of the product that a promise is rejected with, of this code where one is named; anything else fails the test. */
export async function rejection(promise: Promise<unknown>, code?: ErrorCode): Promise<SmartwrightError> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return expected(error, code);
  }
  throw new AssertionError(`expected a rejection${code === undefined ? '' : ` ${code}`}, got ${JSON.stringify(value)}`);
}

/** The error of the product that a function throws; see `rejection`. */
export function refusal(work: () => unknown, code?: ErrorCode): SmartwrightError {
  let value: unknown;
  try {
    value = work();
  } catch (error) {
    return expected(error, code);
  }
  throw new AssertionError(`expected an error${code === undefined ? '' : ` ${code}`}, got ${JSON.stringify(value)}`);
}

function expected(error: unknown, code: ErrorCode | undefined): SmartwrightError {
  if (!isSmartwrightError(error)) throw error;
  if (code !== undefined) expect(error.code, error.message).to.equal(code);
  return error;
}
