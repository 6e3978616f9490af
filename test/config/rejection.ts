import { expect } from 'chai';
import { type ErrorCode, SmartwrightError } from '../../config/model/errors.js';

/** The error that a promise is rejected with, which must be one of ours with the code. */
export async function rejection(promise: Promise<unknown>, code: ErrorCode): Promise<SmartwrightError> {
  try {
    await promise;
  } catch (error) {
    expect(error).to.be.instanceOf(SmartwrightError);
    if (error instanceof SmartwrightError) {
      expect(error.code, error.message).to.equal(code);
      return error;
    }
  }
  throw new Error(`expected an error ${code}`);
}

/** The error that a function throws, which must be one of ours with the code. */
export function refusal(work: () => unknown, code: ErrorCode): SmartwrightError {
  try {
    work();
  } catch (error) {
    expect(error).to.be.instanceOf(SmartwrightError);
    if (error instanceof SmartwrightError) {
      expect(error.code, error.message).to.equal(code);
      return error;
    }
  }
  throw new Error(`expected an error ${code}`);
}
