import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { Problem } from './problem.js';

/** Whom an access token stands for. */
export interface Caller {
  /** The person, or the client that acts for itself. */
  readonly subject: string;
  readonly client: string | null;
  readonly scopes: readonly string[];
  readonly expiresAt: Date;
}

export interface AccessOptions {
  /** The authorization server. Its keys are found by OpenID Connect Discovery. */
  readonly issuer: string;
  /** The name by which tokens mean this service (RFC 9068 §4). */
  readonly audience: string;
}

/** Checks JWT access tokens (RFC 9068): signature, issuer, audience, expiry, and whether the session was ended. */
export class Access {
  readonly #options: AccessOptions;
  readonly #seen = new Set<string>();
  readonly #ended = new Set<string>();
  #keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  /**
   * @param authorization the header's value
   * @throws Problem 401 when there is no valid token, 403 when it lacks the scope (RFC 6750 §3.1)
   */
  async check(authorization: string | undefined, scope: string): Promise<Caller> {
    const token = /^Bearer ([\w~+/.-]+=*)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw refusal(401, 'Access token required', '');
    const caller = await this.#verify(token);
    if (!caller.scopes.includes(scope)) {
      throw refusal(
        403,
        'Not allowed',
        `error="insufficient_scope", scope="${scope}"`,
        `The access token lacks the scope ${scope}.`,
      );
    }
    return caller;
  }

  /** From now on refuses every token that was used so far, as a service does when a person signs out everywhere. */
  endSessions(): void {
    for (const id of this.#seen) this.#ended.add(id);
  }

  async #verify(token: string): Promise<Caller> {
    const { payload } = await this.#payload(token).catch((error: Error) => {
      throw error instanceof Problem ? error : invalidToken(error.message);
    });
    const id = payload.jti ?? token;
    if (this.#ended.has(id)) throw invalidToken('The session was ended.');
    this.#seen.add(id);
    return {
      subject: payload.sub ?? '',
      client: typeof payload.client_id === 'string' ? payload.client_id : null,
      scopes: typeof payload.scope === 'string' ? payload.scope.split(' ') : [],
      expiresAt: new Date((payload.exp ?? 0) * 1_000),
    };
  }

  async #payload(token: string): Promise<{ payload: JWTPayload }> {
    const { issuer, audience } = this.#options;
    this.#keys ??= remoteKeys(issuer);
    const keys = await this.#keys.catch(() => {
      this.#keys = undefined;
      throw new Problem(503, 'Not available', 'The authorization server cannot be reached.', {
        headers: { 'retry-after': '1' },
      });
    });
    return jwtVerify(token, keys, { issuer, audience, requiredClaims: ['sub', 'exp'] });
  }
}

async function remoteKeys(issuer: string): Promise<ReturnType<typeof createRemoteJWKSet>> {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
  const metadata = (await answer.json()) as { jwks_uri: string };
  return createRemoteJWKSet(new URL(metadata.jwks_uri));
}

const invalidToken = (reason: string): Problem =>
  refusal(
    401,
    'Access token refused',
    `error="invalid_token", error_description="${reason.replaceAll('"', "'")}"`,
    reason,
  );

function refusal(status: 401 | 403, title: string, challenge: string, detail?: string): Problem {
  const separator = challenge === '' ? '' : ', ';
  return new Problem(status, title, detail, {
    headers: { 'www-authenticate': `Bearer realm="crm"${separator}${challenge}` },
  });
}
