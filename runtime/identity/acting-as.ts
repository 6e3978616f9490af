import type { IncomingHttpHeaders } from 'node:http';
import { CallerError } from '../../config/model/errors.js';
import type { Principal } from '../../config/model/principal.js';
import type { Caller } from './caller.js';

/** The request header by which a call says whose tokens it uses: `service:NAME` or `user:NAME`. In lower case. */
export const ACT_AS = 'smartwright-act-as';

/**
 * Whose call it is: the caller's own, or that of another account that the caller's key may act as, when the request says so. So a step
 * of a workflow overrides the account of the workflow. The rights stay those of the key.
 *
 * @throws CallerError FORBIDDEN when the key may not act as that account
 */
export function actingAs({ principal, mayActAs = [] }: Caller, headers: IncomingHttpHeaders): Principal {
  const wanted = headers[ACT_AS];
  if (wanted === undefined || wanted === principal.credential) return principal;
  const credential = mayActAs.find((account) => account === wanted);
  if (credential !== undefined) return { ...principal, credential };
  throw new CallerError(
    'FORBIDDEN',
    `"${principal.name}" may not act as "${String(wanted).slice(0, 120)}"; an admin can allow its API key to, by mayActAs.`,
  );
}
