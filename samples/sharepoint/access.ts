import type { IncomingHttpHeaders } from 'node:http';
import { Fault } from './fault.js';

/** Whom a request stands for. */
export interface Person {
  /** `ada@example.org`, or a claim such as `i:0#.f|membership|ada@example.org`. */
  readonly loginName: string;
  readonly title?: string;
}

/**
 * Finds out who asks; undefined when the request has no valid proof, which is answered with 401.
 * It may throw a Fault of its own.
 */
export type Access = (headers: IncomingHttpHeaders) => Person | undefined | Promise<Person | undefined>;

/** Takes every bearer token; its text before a first dot names the person. For tests that are not about tokens. */
export const anyBearer: Access = ({ authorization }) => {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  return token === undefined ? undefined : { loginName: `${token.split('.')[0]}@example.org` };
};

/** What stands behind a server on premises. */
export interface OnPremises {
  /** The farm's authentication realm, a GUID. */
  readonly realm: string;
}

const PRINCIPAL = '00000003-0000-0ff1-ce00-000000000000';

/** 401 as the service gives it: on premises the challenge names the realm and SharePoint's own client id (MS-OAUTH2EX §3.1.5.1). */
export const unauthorized = (onPremises: OnPremises | undefined): Fault =>
  new Fault(
    401,
    '-2147024891, System.UnauthorizedAccessException',
    'Access denied. Before opening files in this location, you must first browse to the web site and select the option to login automatically.',
    {
      'www-authenticate':
        onPremises === undefined
          ? 'Bearer error="invalid_token"'
          : `Bearer realm="${onPremises.realm}",client_id="${PRINCIPAL}",trusted_issuers="00000001-0000-0000-c000-000000000000@*",authorization_uri="https://login.windows.net/common/oauth2/authorize"`,
    },
  );
