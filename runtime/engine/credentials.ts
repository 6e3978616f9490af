import { basic, bearer, type Credentials, cookie, header, query } from '../../brokers/http/credentials.js';
import type { Credential, Principal } from '../../config/model/principal.js';
import type { Authentication, SecretValue, StaticScheme } from '../../config/model/service-instance.js';
import type { AccessToken, TokenSource } from '../oauth/token-source.js';

/** Makes the credentials of a call; undefined when the service wants none. */
export type CredentialsFor = (principal: Principal, signal: AbortSignal | undefined) => Credentials | undefined;

type Mode = Authentication['mode'];
type Maker<M extends Mode> = (
  authentication: Extract<Authentication, { mode: M }>,
  tokens: TokenSource,
) => CredentialsFor;

/** How each authentication mode authorises a call. */
const makers: { readonly [M in Mode]: Maker<M> } = {
  none: () => () => undefined,
  static: (authentication) => {
    const credentials = staticSchemes[authentication.scheme](authentication as never);
    return () => credentials;
  },
  oauth:
    ({ resource }, tokens) =>
    ({ credential }, signal) =>
      new TokenCredentials(tokens, resource, credential, signal),
  'service-account': ({ resource, account = 'default' }, tokens) => {
    const credential: Credential = `service:${account}`;
    return (_principal, signal) => new TokenCredentials(tokens, resource, credential, signal);
  },
};

type Scheme = StaticScheme['scheme'];
type Static<S extends Scheme> = Extract<StaticScheme, { scheme: S }>;
type Named = { readonly name: string; readonly value: SecretValue };

const staticSchemes: { readonly [S in Scheme]: (scheme: Static<S>) => Credentials } = {
  basic: ({ userName, password }) => basic(userName, text(password)),
  bearer: ({ token }) => bearer(text(token)),
  header: ({ name, value }: Named) => header(name, text(value)),
  query: ({ name, value }: Named) => query(name, text(value)),
  cookie: ({ name, value }: Named) => cookie(name, text(value)),
};

/** How an instance's calls are authorised. Its secrets must have been revealed. */
export function credentialsFor(authentication: Authentication, tokens: TokenSource): CredentialsFor {
  return (makers[authentication.mode] as Maker<Mode>)(authentication as never, tokens);
}

const text = (secret: SecretValue): string => {
  if (typeof secret === 'string') return secret;
  throw new TypeError('A stored secret was not revealed.');
};

/** An OAuth access token in the `Authorization` header (RFC 6750 §2.1), renewed once when the service refuses it. */
class TokenCredentials implements Credentials {
  readonly #tokens: TokenSource;
  readonly #resource: string;
  readonly #credential: Credential;
  readonly #signal: AbortSignal | undefined;
  #sent: AccessToken | undefined;

  constructor(tokens: TokenSource, resource: string, credential: Credential, signal: AbortSignal | undefined) {
    this.#tokens = tokens;
    this.#resource = resource;
    this.#credential = credential;
    this.#signal = signal;
  }

  apply(request: { readonly headers: Record<string, string | readonly string[]> }): void | Promise<void> {
    const cached = this.#tokens.peek(this.#resource, this.#credential);
    if (cached !== undefined) {
      this.#sent = cached;
      request.headers.authorization = cached.header.reveal();
      return;
    }
    return this.#tokens.get(this.#resource, this.#credential, this.#signal).then((token) => {
      this.#sent = token;
      request.headers.authorization = token.header.reveal();
    });
  }

  async refused(): Promise<boolean> {
    if (this.#sent === undefined) return false;
    const renewed = await this.#tokens.renew(this.#resource, this.#credential, this.#sent, this.#signal);
    return renewed.generation !== this.#sent.generation;
  }
}

/**
 * For discovery: credentials are sent only once the service has asked for them. A description that everybody may read needs no
 * consent, and a host that holds nothing but the description never sees a token.
 */
export function whenChallenged(credentials: Credentials): Credentials {
  let challenged = false;
  return {
    apply(request) {
      return challenged ? credentials.apply(request) : undefined;
    },
    async refused(request, refusal) {
      if (challenged) return (await credentials.refused?.(request, refusal)) ?? false;
      challenged = true;
      return true;
    },
  };
}
