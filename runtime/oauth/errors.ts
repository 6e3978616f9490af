import { CallerError, ProviderError } from '../../config/model/errors.js';
import type { Credential } from '../../config/model/principal.js';
import type { Application } from './application.js';

/** What a token endpoint did wrong, with what the token engine needs to know to go on. */
export class TokenEndpointError extends ProviderError {
  /** The OAuth error code (RFC 6749 §5.2); undefined when the endpoint gave none. */
  readonly oauthError: string | undefined;
  /** Milliseconds that the endpoint asks to wait (RFC 9110 §10.2.3). */
  readonly retryAfter: number | undefined;

  constructor(
    code: 'TOKEN_REFUSED' | 'TOKEN_UNAVAILABLE',
    message: string,
    details: {
      readonly resource: string;
      readonly oauthError?: string | undefined;
      readonly retryAfter?: number | undefined;
      readonly status?: number | undefined;
      readonly cause?: unknown;
    },
  ) {
    const { resource, oauthError, retryAfter, status, cause } = details;
    super(code, message, {
      cause,
      extensions: {
        resource,
        ...(oauthError === undefined ? {} : { oauthError }),
        ...(status === undefined ? {} : { tokenEndpointStatus: status }),
        ...(retryAfter === undefined ? {} : { retryAfter: Math.ceil(retryAfter / 1000) }),
      },
    });
    this.oauthError = oauthError;
    this.retryAfter = retryAfter;
  }
}

/** RFC 6749 §5.2 and OpenID Connect Core §3.1.2.6: what is over until the person consents again. */
const needsPerson = new Set(['invalid_grant', 'interaction_required', 'login_required', 'consent_required']);

/** Whether a refusal means that this token can never be refreshed again. */
export const isRevocation = (error: unknown): error is TokenEndpointError & { readonly oauthError: string } =>
  error instanceof TokenEndpointError &&
  error.code === 'TOKEN_REFUSED' &&
  error.oauthError !== undefined &&
  needsPerson.has(error.oauthError);

/** Nobody has given consent yet. */
export function authorizationRequired(application: Application, credential: Credential, url: string): CallerError {
  const name = application.resource.name;
  return new CallerError(
    'AUTHORIZATION_REQUIRED',
    `OAuth resource "${name}": ${whose(credential)} has not been authorised yet; open ${url} to give consent.`,
    { extensions: { authorizationUrl: url, resource: name, credential } },
  );
}

/** A consent was given and no longer works. */
export function reconnectRequired(
  application: Application,
  credential: Credential,
  url: string,
  reason: string,
): CallerError {
  const { resource, type } = application;
  const advice = type.invalidMessage === undefined ? '' : ` ${type.invalidMessage}`;
  return new CallerError(
    'RECONNECT_REQUIRED',
    `OAuth resource "${resource.name}": the consent of ${whose(credential)} no longer works (${reason}); open ${url} to give it again.${advice}`,
    { extensions: { authorizationUrl: url, resource: resource.name, credential, reason } },
  );
}

/** A credential as a person says it. */
export function whose(credential: Credential): string {
  const [kind, name = ''] = credential.split(/:(.*)/s);
  if (kind === 'user') return `user "${name}"`;
  return kind === 'service' ? `service account "${name}"` : 'the application itself';
}
