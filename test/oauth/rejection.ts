import { SmartwrightError } from '../../config/model/errors.js';

/** The error that a promise is rejected with. */
export async function rejection(work: Promise<unknown>): Promise<SmartwrightError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof SmartwrightError) return error;
    throw error;
  }
  throw new Error('Expected a rejection, and there was none.');
}
