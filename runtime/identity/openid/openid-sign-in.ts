import * as oauth from 'oauth4webapi';
import type { Upstream } from '../../../brokers/http/upstream.js';
import { CallerError, isSmartwrightError, ProviderError } from '../../../config/model/errors.js';
import type { User } from '../../../config/model/identity.js';
import type { Logger } from '../../../config/model/logger.js';
import type { Principal } from '../../../config/model/principal.js';
import type { SignInProvider } from '../../../config/model/sign-in-provider.js';
import type { Store } from '../../../config/store/store.js';
import { fetchMetadata } from '../../oauth/discovery/fetch-metadata.js';
import { cleanProviderText } from '../../oauth/provider-text.js';
import { ExpiringMap } from '../expiring-map.js';
import { type Claims, claimedPerson, refused, userNameIn } from './claimed-person.js';
import { guardedFetch } from './guarded-fetch.js';
import type { SignInAttempt } from './sign-in-attempt.js';

/** Milliseconds that a provider's metadata and keys are kept. */
const KEPT_FOR = 10 * 60 * 1000;
const KEPT = 50;
/** Times that an account is read which others change at the same moment. */
const MOST_READS = 3;

export interface OpenIdSignInDependencies {
  readonly store: Pick<Store, 'signInProviders' | 'users' | 'audit'>;
  /** Saves what a sign-in changes of an account, over the version that was read; 0 makes it. */
  readonly save: (user: User, actor: Principal, expectedVersion: number) => Promise<unknown>;
  /** The guarded transport to a provider's endpoints. */
  readonly http: (provider: SignInProvider) => Upstream;
  /** Where providers send people back to. */
  readonly redirectUri: () => string;
  readonly log: Logger;
}

/** Signs people in by a provider of OpenID Connect: code flow with PKCE, state and nonce (OpenID Connect Core §3.1, RFC 9700 §2.1). */
export class OpenIdSignIn {
  readonly #deps: OpenIdSignInDependencies;
  readonly #servers = new ExpiringMap<Promise<oauth.AuthorizationServer>>(KEPT_FOR, KEPT);

  constructor(deps: OpenIdSignInDependencies) {
    this.#deps = deps;
  }

  /** @throws CallerError NOT_FOUND; ProviderError TOKEN_UNAVAILABLE */
  async begin(name: string, next: string): Promise<{ readonly url: string; readonly attempt: SignInAttempt }> {
    const provider = await this.#provider(name);
    const server = await this.#server(provider);
    if (server.authorization_endpoint === undefined) throw lacking(provider, 'an authorization endpoint');
    const state = oauth.generateRandomState();
    const nonce = oauth.generateRandomNonce();
    const verifier = oauth.generateRandomCodeVerifier();
    const url = new URL(server.authorization_endpoint);
    const parameters = {
      response_type: 'code',
      client_id: provider.clientId,
      redirect_uri: this.#deps.redirectUri(),
      scope: provider.scope ?? 'openid profile email',
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    };
    for (const [parameter, value] of Object.entries(parameters)) url.searchParams.set(parameter, value);
    return { url: url.href, attempt: { provider: name, state, nonce, verifier, next } };
  }

  /**
   * The name of the user who has come back from the provider; the account is made or brought up to date.
   *
   * @throws CallerError AUTHORIZATION_REFUSED with a message for the person; ProviderError TOKEN_REFUSED, TOKEN_UNAVAILABLE
   */
  async complete(answer: URLSearchParams, attempt: SignInAttempt): Promise<string> {
    const provider = await this.#provider(attempt.provider);
    const claims = await this.#claims(provider, answer, attempt);
    try {
      return await this.#bringUpToDate(claims, provider);
    } catch (error) {
      if (isSmartwrightError(error) && error.code === 'AUTHORIZATION_REFUSED') await this.#noteRefusal(provider);
      throw error;
    }
  }

  /** What an admin changes of the account at the same moment holds: then it is read again. */
  async #bringUpToDate(claims: Claims, provider: SignInProvider): Promise<string> {
    const { store, save } = this.#deps;
    const name = userNameIn(claims, provider);
    for (let reads = 1; ; reads++) {
      const stored = await store.users.get(name);
      const person = claimedPerson(name, claims, provider, stored?.document);
      if (JSON.stringify(person) === JSON.stringify(stored?.document)) return name;
      try {
        await save(person, actorOf(provider), stored?.version ?? 0);
        return name;
      } catch (error) {
        const changed = isSmartwrightError(error) && error.code === 'PRECONDITION_FAILED';
        if (!changed || reads === MOST_READS) throw error;
      }
    }
  }

  /** Only of people whom the provider vouched for: anybody could fill the audit with what nobody did. */
  #noteRefusal(provider: SignInProvider): Promise<void> {
    const actor = actorOf(provider).name;
    const entry = { at: new Date().toISOString(), actor, action: 'user.signed-in', subject: actor } as const;
    return this.#deps.store.audit.append({ ...entry, outcome: 'refused' });
  }

  async #provider(name: string): Promise<SignInProvider> {
    const found = await this.#deps.store.signInProviders.reveal(name);
    if (found !== undefined) return found.document;
    throw new CallerError('NOT_FOUND', `There is no sign-in provider "${name.slice(0, 100)}".`);
  }

  #server(provider: SignInProvider): Promise<oauth.AuthorizationServer> {
    const known = this.#servers.get(provider.issuer);
    if (known !== undefined) return known;
    const asked = fetchMetadata(provider.issuer, this.#deps.http(provider)).then(
      ({ fields, issuer }) => ({ ...fields, issuer }),
      (error) => {
        this.#servers.delete(provider.issuer);
        throw unavailable(provider, error);
      },
    );
    this.#servers.set(provider.issuer, asked);
    return asked;
  }

  async #claims(provider: SignInProvider, answer: URLSearchParams, attempt: SignInAttempt): Promise<Claims> {
    const server = await this.#server(provider);
    const client: oauth.Client = { client_id: provider.clientId };
    const options = {
      [oauth.customFetch]: guardedFetch(this.#deps.http(provider)),
      // The guarded transport decides which addresses may be asked, also those without TLS.
      [oauth.allowInsecureRequests]: true,
    };
    try {
      const code = oauth.validateAuthResponse(server, client, answer, attempt.state);
      const authentication = clientAuthentication(provider, server);
      const [redirectUri, verifier] = [this.#deps.redirectUri(), attempt.verifier];
      const response = await oauth.authorizationCodeGrantRequest(
        ...([server, client, authentication, code, redirectUri, verifier, options] as const),
      );
      const expected = { expectedNonce: attempt.nonce, requireIdToken: true };
      const issued = await oauth.processAuthorizationCodeResponse(server, client, response, expected);
      await oauth.validateApplicationLevelSignature(server, response, options);
      const claims = oauth.getValidatedIdTokenClaims(issued);
      if (claims === undefined) throw refused(`"${provider.name}" sent no id_token`);
      return { ...(await userInfo(server, client, claims.sub, issued.access_token, options)), ...claims };
    } catch (error) {
      throw this.#told(provider, error);
    }
  }

  /** What a person is told; the rest is for the log. */
  #told(provider: SignInProvider, error: unknown): Error {
    if (isSmartwrightError(error)) return error.code === 'AUTHORIZATION_REFUSED' ? error : unavailable(provider, error);
    const reason = cleanProviderText(error instanceof Error ? error.message : String(error), [], 200);
    this.#deps.log.warn({ provider: provider.name, reason }, 'a sign-in at a provider failed');
    if (error instanceof oauth.AuthorizationResponseError) {
      const why = cleanProviderText(error.error_description ?? error.error, [], 200);
      return refused(`"${provider.name}" says: ${why}`, error);
    }
    if (error instanceof oauth.ResponseBodyError) {
      const why = cleanProviderText(error.error, [], 100);
      const message = `"${provider.name}" refused the sign-in (${why}). An admin can check its client id and secret.`;
      return new ProviderError('TOKEN_REFUSED', message, { cause: error });
    }
    return refused(`the answer of "${provider.name}" is not valid; start again`, error);
  }
}

/** What the id_token does not tell; some providers keep it for the UserInfo endpoint (OpenID Connect Core §5.3). */
async function userInfo(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  subject: string,
  accessToken: string,
  options: oauth.UserInfoRequestOptions,
): Promise<Readonly<Record<string, unknown>>> {
  if (server.userinfo_endpoint === undefined) return {};
  const response = await oauth.userInfoRequest(server, client, accessToken, options);
  return oauth.processUserInfoResponse(server, client, subject, response);
}

/** `client_secret_basic` unless the provider names only others (OpenID Connect Discovery §3). */
function clientAuthentication(
  { clientSecret }: SignInProvider,
  { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] }: oauth.AuthorizationServer,
): oauth.ClientAuth {
  if (typeof clientSecret !== 'string') return oauth.None();
  return methods.includes('client_secret_basic')
    ? oauth.ClientSecretBasic(clientSecret)
    : oauth.ClientSecretPost(clientSecret);
}

/** Who changes an account at a sign-in: not the person, whose roles the provider decides. */
const actorOf = ({ name }: SignInProvider): Principal => ({
  name: `sign-in provider ${name}`,
  credential: 'application',
  roles: ['admin'],
  via: 'local',
});

const lacking = ({ name }: SignInProvider, what: string): ProviderError =>
  new ProviderError('TOKEN_UNAVAILABLE', `The metadata of the sign-in provider "${name}" names no ${what}.`);

const unavailable = ({ name }: SignInProvider, error: unknown): ProviderError =>
  new ProviderError(
    'TOKEN_UNAVAILABLE',
    `The sign-in provider "${name}" cannot be reached at the moment, or its issuer is wrong. Try again, or sign in another way.`,
    { cause: error },
  );
