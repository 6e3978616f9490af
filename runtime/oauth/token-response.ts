import { tokenFields } from '../../config/model/oauth-resource-type.js';
import { Secret } from '../../config/model/secret.js';
import { cleanProviderText } from './provider-text.js';
import { standardFields, type TokenPlaces } from './token-answer-fields.js';
import { secondsToExpiry } from './token-expiry.js';
import { bodyFields } from './token-response-body.js';

/** What a token endpoint issued (RFC 6749 §5.1). */
export interface IssuedToken {
  readonly accessToken: Secret;
  readonly refreshToken?: Secret;
  /** As the provider wrote it; `Bearer` when it said nothing. Whether it can be used is judged later, once it is stored. */
  readonly tokenType: string;
  readonly scope?: string;
  /** Seconds. Absent: the provider did not say, or said something that is no lifetime. */
  readonly expiresIn?: number;
  /** All other fields, as text. */
  readonly fields: Readonly<Record<string, Secret>>;
}

/** An answer of a token endpoint, read: a token, a refusal (RFC 6749 §5.2), or nothing that makes sense. */
export type TokenResponse =
  | { readonly kind: 'issued'; readonly token: IssuedToken }
  | { readonly kind: 'refused'; readonly error: string; readonly description?: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

type Refusal = Extract<TokenResponse, { kind: 'refused' }>;

export interface TokenAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

const standard: ReadonlySet<string> = new Set(tokenFields);

/** How a type wants token answers read. */
export interface ReadingRules {
  /** Fields that are set to a fixed value, whatever the provider says (`tokenReplacementValues`). */
  readonly replacements?: Readonly<Record<string, string>> | undefined;
  /** Where the standard fields stand (`tokenFields`). */
  readonly places?: TokenPlaces | undefined;
  /** The standard names of the provider's own error codes (`tokenErrors`). */
  readonly errors?: Readonly<Record<string, string>> | undefined;
}

/**
 * Reads a token answer tolerantly: JSON or form-encoded whatever the content type says, an error under any status, numbers as
 * text, null and empty for absent, a token inside another object. Only the access token itself must be right; anything else that is
 * odd is left out, so that no received token is lost for it.
 *
 * @param now milliseconds; turns an absolute time of expiry into a lifetime
 */
export function parseTokenResponse(
  answer: TokenAnswer,
  { replacements = {}, places, errors = {} }: ReadingRules = {},
  now: number = Date.now(),
): TokenResponse {
  const body = bodyFields(answer.text);
  if (body === undefined) return { kind: 'unreadable', reason: whatCame(answer) };
  const refusal = refusalIn(body);
  if (refusal !== undefined) return inStandardTerms(refusal, errors);
  if (answer.status < 200 || answer.status > 299) return { kind: 'unreadable', reason: whatCame(answer) };
  const fields = new Map([...standardFields(body, places), ...Object.entries(replacements)]);

  const accessToken = tokenText(fields.get('access_token'));
  if (accessToken === undefined) return { kind: 'unreadable', reason: whatIsThere(body) };
  if (!/^[\x20-\x7e]+$/.test(accessToken)) {
    return { kind: 'unreadable', reason: 'the access_token holds characters that no token may have (RFC 6749 A.12)' };
  }
  const refreshToken = tokenText(fields.get('refresh_token'));
  const scope = scopeText(fields.get('scope'));
  const expiresIn = secondsToExpiry(fields, now);
  return {
    kind: 'issued',
    token: {
      accessToken: new Secret(accessToken),
      ...(refreshToken === undefined ? {} : { refreshToken: new Secret(refreshToken) }),
      tokenType: text(fields.get('token_type'))?.trim() || 'Bearer',
      ...(scope === undefined ? {} : { scope }),
      ...(expiresIn === undefined ? {} : { expiresIn }),
      fields: otherFields(fields),
    },
  };
}

/**
 * `error` as a code (RFC 6749 §5.2), or as an object with a code, which some providers send. False, zero, `ok` and empty are no error.
 * Without one, `ok: false` is.
 */
function refusalIn(fields: ReadonlyMap<string, unknown>): Refusal | undefined {
  const [error] = [fields.get('error')].flat();
  if (typeof error === 'object' && error !== null) {
    const inner = new Map<string, unknown>(Object.entries(error));
    const code = errorCode(inner.get('code')) ?? errorCode(inner.get('type'));
    const message = text(inner.get('message'));
    return code === undefined && (message === undefined || inner.has('code'))
      ? undefined
      : refused(code ?? 'error', message);
  }
  const description = text(fields.get('error_description'));
  const code = error === true ? 'error' : errorCode(error);
  if (code !== undefined) return refused(code, description);
  return fields.get('ok') === false && !fields.has('access_token') ? refused('error', description) : undefined;
}

function errorCode(value: unknown): string | undefined {
  const code = text(value);
  return code === undefined || /^(0|ok|none|false|null|success)$/i.test(code) ? undefined : code;
}

/** The provider's own code stays in the description. */
function inStandardTerms(refusal: Refusal, errors: Readonly<Record<string, string>>): Refusal {
  const standardCode = Object.hasOwn(errors, refusal.error) ? errors[refusal.error] : undefined;
  if (standardCode === undefined) return refusal;
  const description = [refusal.error, refusal.description].filter((part) => part !== undefined).join(': ');
  return { ...refusal, error: standardCode, description };
}

const refused = (error: string, description: string | undefined): Refusal => ({
  kind: 'refused',
  error,
  ...(description === undefined ? {} : { description }),
});

function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** A token as text, without blanks around it. A number that JSON cannot hold exactly is not the one that was sent. */
function tokenText(value: unknown): string | undefined {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return undefined;
  return text(value)?.trim() || undefined;
}

/** Space-separated (RFC 6749 §3.3); some providers send a list. */
function scopeText(value: unknown): string | undefined {
  return Array.isArray(value) ? text(value.filter((item) => typeof item === 'string').join(' ')) : text(value);
}

function otherFields(fields: ReadonlyMap<string, unknown>): Record<string, Secret> {
  const kept: [string, Secret][] = [];
  for (const [name, value] of fields) {
    if (standard.has(name) || value === null || value === '') continue;
    kept.push([name, new Secret(typeof value === 'string' ? value : JSON.stringify(value))]);
  }
  return Object.fromEntries(kept);
}

/** The names of the fields, for `tokenFields` to point to one. */
function whatIsThere(fields: ReadonlyMap<string, unknown>): string {
  const names = [...fields.keys()].slice(0, 20).map((name) => `"${cleanProviderText(name, [], 40)}"`);
  const there = names.length === 0 ? '' : `; it holds ${names.join(', ')}`;
  return `the answer holds no access_token and no error${there}`;
}

function whatCame({ status, contentType, text: body }: TokenAnswer): string {
  if (status >= 300 && status < 400) return `the answer is a redirect (${status}), which is never followed`;
  const media = /^[\w.+-]+\/[\w.+-]+/.exec(contentType)?.[0] ?? 'no content type';
  if (body.trim() === '') return `the answer has status ${status} and no body`;
  return `the answer (status ${status}, ${media}) is no token response`;
}
