import { basic, bearer, type Credentials, cookie, header, query } from '../../brokers/http/credentials.js';
import { CallerError } from '../../config/model/errors.js';
import type { Credential, Principal } from '../../config/model/principal.js';
import type { Authentication, SecretValue, StaticScheme } from '../../config/model/service-instance.js';
import { type TokenBearing, TokenCredentials, type Tokens } from './token-credentials.js';

/** Makes the credentials of a call; undefined when the service wants none. */
export type CredentialsFor = (principal: Principal, signal: AbortSignal | undefined) => Credentials | undefined;

type Mode = Authentication['mode'];
type Maker<M extends Mode> = (authentication: Extract<Authentication, { mode: M }>, tokens: Tokens) => CredentialsFor;

/** How each authentication mode authorises a call. */
const makers: { readonly [M in Mode]: Maker<M> } = {
  none: () => () => undefined,
  static: (authentication) => {
    const credentials = staticCredentials(authentication);
    return () => credentials;
  },
  oauth: ({ resource, enforceImpersonation }, tokens) =>
    forPeople(enforceImpersonation, ({ credential, token }, signal) => {
      return new TokenCredentials(tokens, { resource, credential, callerToken: token }, signal);
    }),
  'service-account': ({ resource, account = 'default' }, tokens) => {
    const credential: Credential = `service:${account}`;
    return (_principal, signal) => new TokenCredentials(tokens, { resource, credential }, signal);
  },
  impersonate: ({ resource, enforceImpersonation }, tokens) =>
    forPeople(enforceImpersonation, ({ credential, token }, signal) => {
      if (resource !== undefined) {
        return new TokenCredentials(tokens, { resource, credential, callerToken: token }, signal);
      }
      // Nobody's call: what the service does with it is its own business.
      return token === undefined ? undefined : bearer(token.reveal());
    }),
};

/** With `enforced`, a call that is not a person's is refused once credentials are asked for. */
const forPeople =
  (enforced: boolean | undefined, make: CredentialsFor): CredentialsFor =>
  (principal, signal) =>
    enforced === true && !principal.credential.startsWith('user:') ? notForYou(principal) : make(principal, signal);

function notForYou({ name, credential }: Principal): Credentials & TokenBearing {
  const refuse = (): never => {
    throw new CallerError(
      'FORBIDDEN',
      `This service is called for people only, and "${name}" acts as ${credential}. Call it as a person.`,
    );
  };
  return { apply: refuse, token: refuse };
}

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

const staticCredentials = <S extends Scheme>(scheme: Static<S> & { readonly scheme: S }): Credentials =>
  staticSchemes[scheme.scheme](scheme);

/** How an instance's calls are authorised. Its secrets must have been revealed. */
export function credentialsFor<M extends Mode>(
  authentication: Extract<Authentication, { mode: M }> & { readonly mode: M },
  tokens: Tokens,
): CredentialsFor {
  return makers[authentication.mode](authentication, tokens);
}

const text = (secret: SecretValue): string => {
  if (typeof secret === 'string') return secret;
  throw new TypeError('A stored secret was not revealed.');
};

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
