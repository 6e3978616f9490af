import { UpstreamError } from '../../../config/model/errors.js';
import type { UpstreamResponse } from '../../http/upstream.js';
import { refusal } from '../../rest/execute/answer/refusal.js';
import type { Refused } from './fault.js';

/** What a refused request was answered: headers that hold no secret, and the body as far as it can be read. */
export async function readRefused(response: UpstreamResponse): Promise<Refused> {
  try {
    return await refusal('SharePoint', response, []);
  } catch (error) {
    if (error instanceof UpstreamError && error.code === 'UPSTREAM_REFUSED')
      return error.extensions.upstream as Refused;
    throw error;
  }
}
