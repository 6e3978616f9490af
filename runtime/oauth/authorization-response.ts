import { CallerError } from '../../config/model/errors.js';
import { cleanProviderText } from './provider-text.js';

/** What the callback received, once it is known to be one well-formed answer (RFC 6749 §4.1.2, RFC 9207). */
export interface AuthorizationResponse {
  readonly code: string;
  /** Further parameters, such as a tenant's id, which some providers hand over only here. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Who must have answered (RFC 9207 §2.4). */
export interface ExpectedIssuer {
  /** Undefined where the resource names none. */
  readonly issuer: string | undefined;
  /** Whether an answer that names nobody is refused. */
  readonly required: boolean;
}

const known = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri'] as const;

/** The most further parameters that are kept, and the longest value. */
const kept = { count: 20, length: 1_000 } as const;

/**
 * The `state` of an authorization response, before anything else in it is believed.
 *
 * @throws CallerError AUTHORIZATION_REFUSED when it is missing or there twice
 */
export function stateOf(parameters: URLSearchParams): string {
  const [state, ...more] = parameters.getAll('state');
  if (state === undefined || state === '')
    throw refused('the answer carries no "state"; start again from the application');
  if (more.length > 0) throw refused('the answer carries "state" more than once');
  return state;
}

/**
 * Checks an authorization response against the transaction that it belongs to.
 *
 * @param expected who must have answered, and whether the answer must say so
 * @throws CallerError AUTHORIZATION_REFUSED
 */
export function readAuthorizationResponse(
  parameters: URLSearchParams,
  expected: ExpectedIssuer,
): AuthorizationResponse {
  for (const name of known) {
    // RFC 6749 §3.1: a parameter must not be there more than once.
    if (parameters.getAll(name).length > 1) throw refused(`the answer carries "${name}" more than once`);
  }
  checkIssuer(parameters.get('iss') ?? undefined, expected);
  const code = parameters.get('code') ?? '';
  const error = parameters.get('error') ?? '';
  if (code !== '' && error !== '') throw refused('the answer carries both a code and an error');
  if (error !== '') throw providerRefused(error, parameters.get('error_description') ?? '');
  if (code === '') throw refused('the answer carries neither a code nor an error');
  return { code, fields: furtherFields(parameters) };
}

/** RFC 9207 §2.4: an exact match, on errors too; one that must be there and is missing is as bad as a wrong one. */
function checkIssuer(named: string | undefined, { issuer, required }: ExpectedIssuer): void {
  if (issuer === undefined || named === issuer || (named === undefined && !required)) return;
  const came = named === undefined ? 'names no issuer ("iss")' : `comes from issuer "${cleanProviderText(named)}"`;
  throw refused(`the answer ${came}, but the resource expects "${issuer}"`);
}

function providerRefused(error: string, description: string): CallerError {
  const code = cleanProviderText(error, [], 100);
  const said = description === '' ? `"${code}"` : `"${code}" (${cleanProviderText(description)})`;
  const advice = code === 'access_denied' ? ' Consent was not given; start again to give it.' : '';
  return new CallerError('AUTHORIZATION_REFUSED', `The provider refused the authorization: ${said}.${advice}`, {
    extensions: { oauthError: code },
  });
}

function furtherFields(parameters: URLSearchParams): Record<string, string> {
  const isKnown = (name: string) => known.some((other) => other === name);
  const further = [...parameters].filter(([name, value]) => !isKnown(name) && value.length <= kept.length);
  return Object.fromEntries(further.slice(0, kept.count));
}

/** An authorization response that is not accepted; the message is for the person. */
export const refused = (reason: string): CallerError =>
  new CallerError('AUTHORIZATION_REFUSED', `The authorization was not accepted: ${reason}.`);
