import { AssertionError } from 'chai';
import { SmartwrightError } from '../../config/model/errors.js';

/** The error of the product that a promise is rejected with; anything else fails the test. */
export async function rejection(promise: Promise<unknown>): Promise<SmartwrightError> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    if (error instanceof SmartwrightError) return error;
    throw error;
  }
  throw new AssertionError(`expected a rejection, got ${JSON.stringify(value)}`);
}
