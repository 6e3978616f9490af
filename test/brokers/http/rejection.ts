import { expect } from 'chai';
import { type ErrorCode, SmartwrightError } from '../../../config/model/errors.js';

/** The typed error that a promise rejects with; anything else fails the test. */
export async function rejection(promise: Promise<unknown>, code: ErrorCode): Promise<SmartwrightError> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof SmartwrightError)) throw error;
    expect(error.code, error.message).to.equal(code);
    return error;
  }
  throw new Error(`It should have been rejected with ${code}.`);
}
