import { expect } from 'chai';
import { ConfigurationError } from '../../config/model/errors.js';
import { Secret } from '../../config/model/secret.js';
import { storedSecret } from '../../config/model/stored-secret.js';
import { checkResourceAgainstType, validateDocument } from '../../config/schema/index.js';
import { loadApplication } from '../../runtime/oauth/application.js';
import { authorizationParameters } from '../../runtime/oauth/authorization-request.js';
import { requestUrl } from '../../runtime/oauth/endpoint.js';
import { withPlaceholders } from '../../runtime/oauth/filled-application.js';
import {
  clientCredentialsParameters,
  codeParameters,
  refreshParameters,
} from '../../runtime/oauth/grants/parameters.js';
import { preview } from '../../runtime/oauth/preview.js';
import { buildTokenRequest, toUpstreamRequest } from '../../runtime/oauth/token-request.js';
import { callbackUrl, clientSecret, crmResource, crmType, dataFolder, startNode } from './installation.js';

const code = codeParameters({ code: new Secret('the code'), redirectUri: callbackUrl, codeVerifier: new Secret('v') });

function authorizationUrl(type = crmType(), resource = crmResource()): URL {
  const { parameters } = authorizationParameters({ type, resource }, { state: 'S', codeChallenge: 'C', callbackUrl });
  return new URL(requestUrl(resource.authorizationEndpoint ?? '', parameters));
}

const tokenRequest = (type = crmType(), resource = crmResource()) =>
  toUpstreamRequest(buildTokenRequest({ type, resource }, 'token', code));
const body = (request: { body?: unknown }) => new URLSearchParams(String(request.body));

describe('The authorization request', () => {
  it('carries what RFC 6749 §4.1.1 and RFC 7636 §4.3 ask for, each once', () => {
    const sent = [...authorizationUrl().searchParams];
    expect(Object.fromEntries(sent)).to.deep.equal({
      client_id: 'crm-client',
      scope: 'crm.read',
      response_type: 'code',
      redirect_uri: callbackUrl,
      state: 'S',
      code_challenge: 'C',
      code_challenge_method: 'S256',
    });
    expect(sent).to.have.length(7);
  });

  it("keeps the endpoint's own query, byte for byte, and sends no parameter twice (RFC 6749 §3.1)", () => {
    const endpoint = 'https://provider.example/authorize?tenant=a%2Fb&scope=own&state=planted';
    const url = authorizationUrl(crmType(), crmResource({ authorizationEndpoint: endpoint }));
    expect(url.href).to.contain('?tenant=a%2Fb&scope=own&');
    expect(url.searchParams.getAll('scope')).to.deep.equal(['own']);
    expect(url.searchParams.getAll('state')).to.deep.equal(['S']);
  });

  it('omits an empty value (RFC 6749 §3.1) and lets an empty value of the resource override a default', () => {
    const resource = crmResource({ values: { client_id: 'crm-client', scope: '' } });
    expect(authorizationUrl(crmType(), resource).searchParams.has('scope')).to.equal(false);
  });

  it('takes a value of the stage, of the resource, and the default of the type, in this order', () => {
    const parameters = [
      { name: 'client_id', stages: { authorization: { default: 'type' } } },
      { name: 'prompt', stages: { authorization: { default: 'type' }, token: { default: 'type' } } },
      { name: 'audience', stages: { authorization: {}, token: {} } },
    ];
    const values = { prompt: { authorization: 'stage' }, audience: 'resource' };
    const sent = authorizationUrl(crmType({ parameters }), crmResource({ values })).searchParams;
    expect([sent.get('client_id'), sent.get('prompt'), sent.get('audience')]).to.deep.equal([
      'type',
      'stage',
      'resource',
    ]);
    const token = body(tokenRequest(crmType({ parameters }), crmResource({ values })));
    expect([token.get('prompt'), token.get('audience')]).to.deep.equal(['type', 'resource']);
  });

  it('fault 25: never holds a secret, whichever boxes are checked', () => {
    const all = { authorization: {}, token: {}, refresh: {} };
    const parameters = [
      { name: 'client_id', secret: true, stages: all },
      { name: 'client_secret', stages: all },
      { name: 'api_key', secret: true, stages: all },
    ];
    const values = { client_id: 'crm-client', client_secret: clientSecret, api_key: 'canary-api-key' };
    const url = authorizationUrl(crmType({ parameters }), crmResource({ values }));
    expect(url.href).to.not.contain('canary');
    expect(url.searchParams.get('client_id')).to.equal('crm-client');
  });

  it('fault 24: keeps a value from adding parameters or lines', () => {
    const hostile = 'x&state=stolen#f\r\nset-cookie: a=b "<>';
    for (const urlEncode of [true, false]) {
      const parameters = [{ name: 'login_hint', urlEncode, stages: { authorization: {} } }];
      const url = authorizationUrl(crmType({ parameters }), crmResource({ values: { login_hint: hostile } }));
      expect(url.searchParams.get('login_hint')).to.equal(hostile);
      expect(url.searchParams.getAll('state')).to.deep.equal(['S']);
      expect(url.href).to.match(/^[\x21-\x7e]+$/);
    }
  });

  it('sends a value that is not to be URL-encoded as it stands', () => {
    const parameters = [{ name: 'scope', urlEncode: false, stages: { authorization: {} } }];
    const url = authorizationUrl(crmType({ parameters }), crmResource({ values: { scope: 'a+b%20c:d' } }));
    expect(url.href).to.contain('scope=a+b%20c:d');
  });

  it('is not misled by names of object members', () => {
    const parameters = [{ name: 'constructor', stages: { authorization: {} } }];
    const url = authorizationUrl(crmType({ parameters }), crmResource({ values: {} }));
    expect(url.searchParams.has('constructor')).to.equal(false);
  });
});

describe('The token request', () => {
  it('is a form POST with the identical redirect_uri and the verifier (RFC 6749 §4.1.3, RFC 7636 §4.5)', () => {
    const request = tokenRequest();
    expect(request).to.include({
      method: 'POST',
      url: 'https://provider.example/token',
      idempotent: false,
      redirects: 'manual',
    });
    expect(request.headers).to.deep.equal({
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(Object.fromEntries(body(request))).to.deep.equal({
      client_id: 'crm-client',
      client_secret: clientSecret,
      grant_type: 'authorization_code',
      code: 'the code',
      redirect_uri: callbackUrl,
      code_verifier: 'v',
    });
  });

  it('is JSON where the type says so', () => {
    const request = tokenRequest(crmType({ tokenRequestFormat: 'json' }));
    expect(request.headers['content-type']).to.equal('application/json');
    expect(JSON.parse(String(request.body))).to.include({ code: 'the code', client_id: 'crm-client' });
  });

  it('authenticates by Basic with form-encoded id and secret, and by nothing else (RFC 6749 §2.3, §2.3.1)', () => {
    const values = { client_id: 'a b:c', client_secret: 'p+q%ä' };
    const request = tokenRequest(crmType({ clientAuthentication: 'client_secret_basic' }), crmResource({ values }));
    const [, encoded = ''] = String(request.headers.authorization).split('Basic ');
    expect(Buffer.from(encoded, 'base64').toString()).to.equal('a+b%3Ac:p%2Bq%25%C3%A4');
    expect(body(request).has('client_secret')).to.equal(false);
    expect(body(request).has('client_id')).to.equal(false);
  });

  it('names a public client and never its secret (RFC 6749 §3.2.1, §4.1.3)', () => {
    const request = tokenRequest(crmType({ clientAuthentication: 'none' }));
    expect(body(request).get('client_id')).to.equal('crm-client');
    expect(body(request).has('client_secret')).to.equal(false);
  });

  it('says what is missing when Basic has no secret', () => {
    const type = crmType({ clientAuthentication: 'client_secret_basic' });
    expect(() => tokenRequest(type, crmResource({ values: { client_id: 'x' } }))).to.throw(
      /OAuth resource "crm".*"client_secret".*type "sample"/,
    );
  });

  it('names the client in each stage although the type lists it for one only', () => {
    const parameters = [
      { name: 'client_id', stages: { authorization: {} } },
      { name: 'client_secret', secret: true, stages: { token: {} } },
    ];
    const application = { type: crmType({ parameters }), resource: crmResource() };
    const request = toUpstreamRequest(buildTokenRequest(application, 'refresh', refreshParameters(new Secret('r'))));
    expect(Object.fromEntries(body(request))).to.include({ client_id: 'crm-client', client_secret: clientSecret });
  });

  it('lets the type rename the grant, as some providers want', () => {
    const parameters = [{ name: 'grant_type', stages: { refresh: { default: 'fb_exchange_token' } } }];
    const application = { type: crmType({ parameters }), resource: crmResource() };
    const request = toUpstreamRequest(buildTokenRequest(application, 'refresh', refreshParameters(new Secret('r'))));
    expect(body(request).get('grant_type')).to.equal('fb_exchange_token');
  });

  it('goes to the refresh endpoint for a refresh, where there is one (RFC 6749 §6)', () => {
    const resource = crmResource({ refreshEndpoint: 'https://provider.example/refresh?v=2' });
    const request = buildTokenRequest({ type: crmType(), resource }, 'refresh', refreshParameters(new Secret('r')));
    expect(request.url).to.equal('https://provider.example/refresh?v=2');
  });

  it('has neither code nor redirect URI for client credentials (RFC 6749 §4.4.2)', () => {
    const request = buildTokenRequest(
      { type: crmType(), resource: crmResource() },
      'token',
      clientCredentialsParameters,
    );
    expect(request.parameters.map(({ name }) => name)).to.have.members(['client_id', 'client_secret', 'grant_type']);
  });

  it('cannot print its secrets', () => {
    const request = buildTokenRequest({ type: crmType(), resource: crmResource() }, 'token', code);
    expect(JSON.stringify(request)).to.not.contain('canary').and.not.contain('the code');
  });
});

describe('A list', () => {
  const scopes = ['a', '', 'b c', 'd'];
  const typeWith = (list?: 'spaces' | 'commas' | 'repeated', changes = {}) =>
    crmType({
      parameters: [
        { name: 'client_id', stages: { token: {} } },
        { name: 'scope', ...(list && { list }), stages: { authorization: {}, token: {} } },
      ],
      ...changes,
    });
  const resource = crmResource({ values: { client_id: 'crm-client', scope: scopes } });

  it('is written with spaces, with commas, or the parameter once an item (RFC 8707 §2)', () => {
    expect(authorizationUrl(typeWith(), resource).searchParams.get('scope')).to.equal('a b c d');
    expect(authorizationUrl(typeWith('commas'), resource).searchParams.get('scope')).to.equal('a,b c,d');
    expect(authorizationUrl(typeWith('repeated'), resource).searchParams.getAll('scope')).to.deep.equal([
      'a',
      'b c',
      'd',
    ]);
    expect(body(tokenRequest(typeWith('repeated'), resource)).getAll('scope')).to.deep.equal(['a', 'b c', 'd']);
  });

  it('is an array in a JSON body where its items are sent each by itself', () => {
    const request = tokenRequest(typeWith('repeated', { tokenRequestFormat: 'json' }), resource);
    expect(JSON.parse(String(request.body)).scope).to.deep.equal(['a', 'b c', 'd']);
  });

  it('may be a default of the type, a value of one stage, a secret, or empty', () => {
    const parameters = [
      { name: 'audience', list: 'commas' as const, stages: { token: { default: ['x', 'y'] }, refresh: {} } },
      { name: 'keys', secret: true, stages: { token: {} } },
      { name: 'nothing', stages: { token: { default: 'default' } } },
    ];
    const values = { keys: { token: ['canary-1', 'canary-2'] }, nothing: [], audience: { refresh: ['z'] } };
    const application = {
      type: crmType({ parameters, clientAuthentication: 'none' }),
      resource: crmResource({ values }),
    };
    const token = buildTokenRequest(application, 'token', code);
    expect(JSON.stringify(token)).to.not.contain('canary');
    const sent = body(toUpstreamRequest(token));
    expect([sent.get('audience'), sent.get('keys'), sent.has('nothing')]).to.deep.equal([
      'x,y',
      'canary-1 canary-2',
      false,
    ]);
    const again = body(toUpstreamRequest(buildTokenRequest(application, 'refresh', refreshParameters('r'))));
    expect(again.get('audience')).to.equal('z');
  });
});

describe('A standard parameter under another name', () => {
  const parameters = [
    { name: 'client_key', replaces: 'client_id', stages: { authorization: {}, token: {}, refresh: {} } },
    { name: 'client_secret', secret: true, stages: { token: {} } },
    { name: 'exchange_token', replaces: 'refresh_token', stages: { refresh: {} } },
    { name: 'callback', replaces: 'redirect_uri', stages: { authorization: {}, token: {} } },
  ];
  const type = crmType({ parameters });
  const resource = crmResource({
    values: { client_key: 'key-1', client_secret: clientSecret, callback: 'https://own.example/cb' },
  });

  it('is sent under that name alone, whoever gives the value', () => {
    const url = authorizationUrl(type, resource);
    expect([url.searchParams.get('client_key'), url.searchParams.has('client_id')]).to.deep.equal(['key-1', false]);
    expect([url.searchParams.get('callback'), url.searchParams.has('redirect_uri')]).to.deep.equal([
      'https://own.example/cb',
      false,
    ]);
    const { redirectUri } = authorizationParameters({ type, resource }, { state: 'S', callbackUrl });
    expect(redirectUri).to.equal('https://own.example/cb');
    const sent = body(tokenRequest(type, resource));
    expect([sent.get('client_key'), sent.has('client_id'), sent.get('callback')]).to.deep.equal([
      'key-1',
      false,
      callbackUrl,
    ]);
    const request = buildTokenRequest({ type, resource }, 'refresh', refreshParameters(new Secret('canary-refresh')));
    const again = body(toUpstreamRequest(request));
    expect([again.get('exchange_token'), again.has('refresh_token')]).to.deep.equal(['canary-refresh', false]);
    expect(again.get('client_secret')).to.equal(clientSecret);
    expect(JSON.stringify(request)).to.not.contain('canary');
  });

  it('authenticates the client by Basic too, and then stands in no body', () => {
    const request = tokenRequest({ ...type, clientAuthentication: 'client_secret_basic' }, resource);
    expect(Buffer.from(String(request.headers.authorization).slice(6), 'base64').toString()).to.equal(
      `key-1:${clientSecret}`,
    );
    expect(body(request).has('client_key')).to.equal(false);
  });

  it('keeps a renamed secret out of URLs and sealed in the store', async () => {
    const renamed = { name: 'app_key', replaces: 'client_secret', stages: { authorization: {}, token: {} } };
    const inUrl = crmType({ parameters: [renamed] });
    expect(() => validateDocument(inUrl)).to.throw(ConfigurationError, 'browser');
    const { parameters: others } = crmType({ parameters: [{ name: 'client_id', stages: { token: {} } }] });
    const own = crmType({ parameters: [...others, { ...renamed, stages: { token: {} } }] });
    const folder = await dataFolder();
    const node = await startNode(folder.path);
    try {
      await node.store.resourceTypes.save(own);
      await node.store.resources.save(crmResource({ values: { client_id: 'a', app_key: 'canary-app-key' } }));
      const shown = await node.store.resources.get('crm');
      expect(shown?.document.values.app_key).to.deep.equal(storedSecret);
      const application = await loadApplication(node.store, 'crm');
      const request = buildTokenRequest(application, 'token', clientCredentialsParameters);
      expect(body(toUpstreamRequest(request)).get('app_key')).to.equal('canary-app-key');
      expect(JSON.stringify(request)).to.not.contain('canary');
    } finally {
      await node.close();
      await folder.remove();
    }
  });

  it('is refused for state, and beside the standard one, when the type is saved', () => {
    for (const replaces of ['state', 'scope']) {
      const extra = { name: 'other', replaces, stages: { authorization: {} } };
      const broken = { ...crmType(), parameters: [...crmType().parameters, extra] };
      expect(() => validateDocument(broken), replaces).to.throw(ConfigurationError, replaces);
    }
  });
});

describe('A parameter in a header', () => {
  const parameters = [
    ...crmType().parameters,
    { name: 'Notion-Version', in: 'header' as const, stages: { token: { default: '2022-06-28' }, refresh: {} } },
    { name: 'X-Api-Key', in: 'header' as const, secret: true, stages: { token: {} } },
    { name: 'Accept', in: 'header' as const, stages: { token: { default: 'application/vnd.example+json' } } },
  ];

  it('goes with the token and refresh requests whose boxes are checked, and never into a body', () => {
    const values = { ...crmResource().values, 'X-Api-Key': 'canary-key' };
    const type = validateDocument(crmType({ parameters })) as ReturnType<typeof crmType>;
    const request = tokenRequest(type, crmResource({ values }));
    expect(request.headers).to.include({ 'notion-version': '2022-06-28', 'x-api-key': 'canary-key' });
    expect(request.headers.accept).to.equal('application/vnd.example+json');
    expect(String(request.body)).to.not.contain('2022').and.not.contain('canary-key');
    const built = buildTokenRequest({ type, resource: crmResource({ values }) }, 'token', code);
    expect(JSON.stringify(built)).to.not.contain('canary');
    expect(JSON.stringify(preview(type, crmResource({ values }), callbackUrl))).to.not.contain('canary');
    const again = buildTokenRequest({ type, resource: crmResource() }, 'refresh', refreshParameters('r'));
    expect(again.headers).to.not.have.property('notion-version');
  });

  it('fault 24: cannot break out of the header', () => {
    const values = { ...crmResource().values, 'Notion-Version': '1\r\nx: y' };
    expect(() => tokenRequest(crmType({ parameters }), crmResource({ values }))).to.throw(
      ConfigurationError,
      '"Notion-Version"',
    );
  });

  it('is refused under a name that no header has, or that the runtime writes itself', () => {
    for (const name of ['Content-Type', 'Host', 'DPoP', 'a(b']) {
      const broken = crmType({ parameters: [{ name, in: 'header', stages: { token: {} } }] });
      expect(() => validateDocument(broken), name).to.throw(ConfigurationError, 'header');
    }
    const authorization = crmType({ parameters: [{ name: 'Authorization', in: 'header', stages: { token: {} } }] });
    expect(() => validateDocument({ ...authorization, clientAuthentication: 'client_secret_basic' })).to.throw(
      ConfigurationError,
    );
    expect(validateDocument(authorization)).to.equal(authorization);
  });
});

describe('A placeholder', () => {
  const type = crmType({
    placeholders: [
      { name: 'tenant', description: 'The directory (tenant) ID.', example: 'contoso.com' },
      { name: 'region', default: 'eu' },
    ],
    parameters: [
      ...crmType().parameters,
      { name: 'audience', stages: { token: { default: 'https://{region}.{tenant}/x' } } },
      { name: 'claims', stages: { authorization: { default: '{"userinfo":{"{other}":null}}' } } },
      { name: 'pin', secret: true, stages: { token: {} } },
    ],
  });
  const resource = (changes = {}) =>
    crmResource({
      authorizationEndpoint: 'https://{region}.login.example/{tenant}/authorize',
      tokenEndpoint: 'https://{region}.login.example/{tenant}/token?p={region}',
      values: { ...crmResource().values, scope: ['https://{tenant}/.default', 'offline'], pin: '{tenant}' },
      placeholders: { tenant: 'contoso.com' },
      ...changes,
    });

  it('is filled in in endpoints, values and defaults, but not in secrets', () => {
    const [authorization, token] = preview(type, resource(), callbackUrl);
    expect(authorization?.url).to.match(/^https:\/\/eu\.login\.example\/contoso\.com\/authorize\?/);
    expect(authorization?.parameters).to.deep.include({
      name: 'scope',
      value: 'https://contoso.com/.default offline',
      source: 'resource',
    });
    expect(authorization?.parameters).to.deep.include({
      name: 'claims',
      value: '{"userinfo":{"{other}":null}}',
      source: 'type',
    });
    expect(token?.url).to.equal('https://eu.login.example/contoso.com/token?p=eu');
    expect(token?.parameters).to.deep.include({ name: 'audience', value: 'https://eu.contoso.com/x', source: 'type' });
    const filled = withPlaceholders({ type, resource: resource() });
    expect(body(tokenRequest(filled.type, filled.resource)).get('pin')).to.equal('{tenant}');
  });

  it('without a value is refused when the resource is saved, with what it is', () => {
    checkResourceAgainstType(resource(), type);
    expect(() => checkResourceAgainstType(resource({ placeholders: {} }), type)).to.throw(
      /\{tenant\} \(The directory \(tenant\) ID\) has no value; give placeholders\.tenant, such as contoso\.com/,
    );
    const undeclared = resource({ tokenEndpoint: 'https://x.example/{area}' });
    expect(() => checkResourceAgainstType(undeclared, type)).to.throw(/give placeholders\.area/);
  });

  it('that nothing holds, or whose value is more than a part of an address, is refused', () => {
    const stray = resource({ placeholders: { tenant: 'contoso.com', tennant: 'x' } });
    expect(() => checkResourceAgainstType(stray, type)).to.throw(/did you mean "tenant"/);
    for (const tenant of ['https://evil.example', 'a?b', 'x@evil.example', 'a b', 'a#b', 'a\\b']) {
      expect(() => checkResourceAgainstType(resource({ placeholders: { tenant } }), type), tenant).to.throw(
        /part of an address/,
      );
    }
  });
});

describe('The preview', () => {
  it('shows each stage with secrets masked and the values of each request named', () => {
    const resource = crmResource({ values: { client_id: 'crm-client', client_secret: storedSecret } });
    const stages = preview(crmType(), resource, callbackUrl);
    expect(stages.map(({ stage, method }) => `${method} ${stage}`)).to.deep.equal([
      'GET authorization',
      'POST token',
      'POST refresh',
    ]);
    const [authorization, token, refresh] = stages;
    expect(authorization?.url).to.contain('state=[state]').and.contain('code_challenge=[code_challenge]');
    expect(token?.body).to.contain('client_secret=[secret]').and.contain('code=[code]');
    expect(refresh?.body).to.contain('refresh_token=[refresh_token]');
    expect(token?.parameters).to.deep.include({ name: 'client_secret', value: '[secret]', source: 'resource' });
    expect(authorization?.parameters).to.deep.include({ name: 'scope', value: 'crm.read', source: 'type' });
    expect(authorization?.parameters).to.deep.include({ name: 'state', value: '[state]', source: 'runtime' });
  });

  it('masks what it is given in the clear', () => {
    for (const clientAuthentication of ['client_secret_post', 'client_secret_basic', 'none'] as const) {
      const type = crmType({ clientAuthentication, tokenRequestFormat: 'json' });
      expect(JSON.stringify(preview(type, crmResource(), callbackUrl))).to.not.contain('canary');
    }
  });

  it('shows one stage for client credentials', () => {
    const stages = preview(crmType({ grant: 'client_credentials' }), crmResource(), callbackUrl);
    expect(stages.map(({ stage }) => stage)).to.deep.equal(['token']);
  });
});
