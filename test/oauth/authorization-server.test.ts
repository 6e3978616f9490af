import { expect } from 'chai';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import {
  type AuthorizationServer,
  alice,
  CookieJar,
  passConsent,
  startAuthorizationServer,
} from '../../samples/authorization-server/index.js';

const callback = 'http://127.0.0.1:9/identity/token/oauth/2';
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
/** The challenge of that verifier: RFC 7636 Appendix B. */
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

describe('The sample authorization server', () => {
  let server: AuthorizationServer;

  before(async () => {
    server = await startAuthorizationServer({
      clients: [{ clientId: 'web', clientSecret: 'web-secret' }],
      redirectUris: [callback],
      accessTokenTtl: 4,
    });
  });
  after(() => server.close());

  const request = (changes = {}) =>
    `${server.authorizationEndpoint}?${new URLSearchParams({
      response_type: 'code',
      client_id: 'web',
      redirect_uri: callback,
      scope: 'crm.read crm.write',
      state: 'x',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...changes,
    })}`;
  const ask = async (parameters: Record<string, string>) => {
    const client = { client_id: 'web', client_secret: 'web-secret' };
    const body = new URLSearchParams({ ...client, ...parameters });
    return (await (await fetch(server.tokenEndpoint, { method: 'POST', body })).json()) as Record<string, unknown>;
  };
  const code = async () => {
    const { url } = await passConsent(request(), { ...alice, stopBefore: callback });
    return new URL(url).searchParams.get('code') ?? '';
  };

  it('issues short-lived JWTs that its keys verify, for one audience (RFC 9068)', async () => {
    const grant = { grant_type: 'authorization_code', redirect_uri: callback, code_verifier: verifier };
    const issued = await ask({ ...grant, code: await code() });
    expect(issued).to.include({ token_type: 'Bearer', expires_in: 4, scope: 'crm.read crm.write' });
    const keys = createRemoteJWKSet(new URL(server.jwksUri));
    const { issuer, audience } = server;
    const { payload } = await jwtVerify(String(issued.access_token), keys, { issuer, audience, typ: 'at+jwt' });
    expect(payload).to.include({ sub: 'alice', client_id: 'web', scope: 'crm.read crm.write' });
  });

  it('replaces a refresh token at each use, and ends the grant when an old one comes back (RFC 9700 §4.14.2)', async () => {
    const grant = { grant_type: 'authorization_code', redirect_uri: callback, code_verifier: verifier };
    const first = await ask({ ...grant, code: await code() });
    const refresh = (token: unknown) => ask({ grant_type: 'refresh_token', refresh_token: String(token) });
    const second = await refresh(first.refresh_token);
    expect(second.refresh_token).to.be.a('string').and.not.equal(first.refresh_token);
    expect(await refresh(first.refresh_token)).to.include({ error: 'invalid_grant' });
    expect(await refresh(second.refresh_token)).to.include({ error: 'invalid_grant' });
  });

  it('counts what its token endpoint is asked, by grant', async () => {
    const before = server.counts().password ?? 0;
    await ask({ grant_type: 'password' });
    expect(server.counts().password).to.equal(before + 1);
  });

  it('asks again when the password is wrong, and remembers who is signed in', async () => {
    const wrong = await passConsent(request(), { ...alice, password: 'wrong', stopBefore: callback });
    expect(wrong.page).to.include({ status: 403 });
    expect(wrong.page?.body).to.contain('The user name or the password is wrong.');
    const cookieJar = new CookieJar();
    await passConsent(request(), { ...alice, cookieJar, stopBefore: callback });
    const again = await passConsent(request(), { userName: '', password: '', cookieJar, stopBefore: callback });
    expect(new URL(again.url).searchParams.has('code')).to.equal(true);
  });

  it('shows what a client did wrong on a page that loads nothing from elsewhere', async () => {
    const { page } = await passConsent(request({ redirect_uri: 'http://127.0.0.1:9/<evil>' }), alice);
    expect(page?.status).to.equal(400);
    expect(page?.body)
      .to.contain('redirect_uri')
      .and.not.match(/https?:\/\//);
    const start = await fetch(request(), { redirect: 'manual' });
    expect(start.headers.get('location')).to.match(/^\/interaction\//);
  });

  it('is played with on this machine only', async () => {
    let message = '';
    await passConsent('https://provider.example/authorize', alice).catch((error) => {
      message = error.message;
    });
    expect(message).to.contain('this machine only');
  });
});
