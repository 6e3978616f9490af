import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { documentKinds } from '../../config/model/admin-document.js';
import { storedSecret } from '../../config/model/stored-secret.js';
import { checkResourceAgainstType, documentSchemas, validateDocument } from '../../config/schema/index.js';
import { refusal } from '../support/rejection.js';
import { instance, resource, resourceType } from './samples.js';

const withParameters = (...names: string[]) =>
  resourceType({ parameters: names.map((name) => ({ name, stages: { token: {} } })) });
const authenticated = (authentication: object) => ({ ...instance(), authentication });
const user = { kind: 'User', name: 'ada@example.org', roles: ['admin'] };
const apiKey = { kind: 'ApiKey', name: 'nightly', roles: ['user'], actsAs: { serviceAccount: 'batch' } };

describe('the schemas of admin documents', () => {
  for (const kind of documentKinds) {
    it(`has a valid JSON Schema 2020-12 for ${kind}, with a title for each member of its form`, () => {
      const ajv = new Ajv2020({ strict: false, formats: { endpoint: true, 'allowed-host': true } });
      addFormats.default(ajv);
      expect(ajv.validateSchema(documentSchemas[kind])).to.equal(true);
      for (const [name, property] of Object.entries(documentSchemas[kind].properties ?? {})) {
        expect(property, name).to.have.property('title').that.is.a('string');
      }
    });
  }
});

describe('a valid admin document', () => {
  const valid: readonly [string, object][] = [
    ['an OAuth resource type', resourceType()],
    ['an OAuth resource', resource()],
    [
      'a value for each request, and a stored one',
      resource({ values: { a: { token: storedSecret }, b: storedSecret } }),
    ],
    [
      'a service instance',
      instance({ allowedHosts: ['localhost:8080', '127.0.0.1', '*.corp', '10.0.0.0/8', '[::1]:80', '::1'] }),
    ],
    ['basic authentication', authenticated({ mode: 'static', scheme: 'basic', userName: 'u', password: 'p' })],
    ['a stored bearer token', authenticated({ mode: 'static', scheme: 'bearer', token: storedSecret })],
    ['a key in a header', authenticated({ mode: 'static', scheme: 'header', name: 'X-Api-Key', value: 'v' })],
    ['OAuth', authenticated({ mode: 'oauth', resource: 'Salesforce' })],
    ['a service account', authenticated({ mode: 'service-account', resource: 'Salesforce', account: 'batch' })],
    ['a user', { ...user, email: 'ada@example.org', password: 'long enough' }],
    ['an API key', { ...apiKey, expiresAt: '2031-01-01T00:00:00Z', key: 'x'.repeat(32) }],
  ];
  for (const [what, document] of valid) {
    it(`may be or have ${what}, and comes back unchanged`, () => {
      const before = JSON.stringify(document);
      expect(validateDocument(document)).to.equal(document);
      expect(JSON.stringify(document)).to.equal(before);
    });
  }
});

describe('an admin document that is not valid', () => {
  const faults: readonly [string, unknown, string, string][] = [
    ['no object', 5, '', 'this is a number'],
    ['no kind', {}, '/kind', 'has no "kind"'],
    ['a mistyped kind', { kind: 'OauthResource' }, '/kind', 'Did you mean "OAuthResource"?'],
    [
      'the parameter state',
      withParameters('state'),
      '/parameters/0/name',
      'adds it to each authorization request itself',
    ],
    ['the parameter Code', withParameters('a', 'Code'), '/parameters/1/name', 'adds it to each token request itself'],
    ['a value for STATE', resource({ values: { STATE: 'x' } }), '/values/STATE', '"STATE" cannot be configured'],
    ['a parameter twice', withParameters('a', 'b', 'a'), '/parameters/2/name', '"a" is there twice, as number 1 and 3'],
    [
      'a client secret in the authorization request',
      resourceType({ parameters: [{ name: 'client_secret', stages: { authorization: {} } }] }),
      '/parameters/0/stages/authorization',
      "would stand in the browser's address",
    ],
    [
      'an unknown stage',
      { ...resourceType(), parameters: [{ name: 'a', stages: { tokens: {} } }] },
      '/parameters/0/stages/tokens',
      'parameter "a", stages.tokens: there is no member "tokens"; did you mean "token"?',
    ],
    ['a bad system name', resourceType({ name: 'my type' }), '/name', '"my type" is not allowed'],
    ['a mistyped member', { ...resourceType(), discription: 'x' }, '/discription', 'did you mean "description"?'],
    ['a missing member', { ...resource(), type: undefined, tokenEndpoint: undefined }, '', 'is missing'],
    [
      'a number for a text',
      { ...resourceType(), tokenReplacementValues: { expires_in: 259_200 } },
      '/tokenReplacementValues/expires_in',
      'write it in quotes: "259200"',
    ],
    [
      'a warning before the beginning',
      resourceType({ refreshTokenExpirationDays: 5, expirationWarningDays: 6 }),
      '/expirationWarningDays',
      'longer than the 5 days',
    ],
    ['a relative endpoint', resource({ tokenEndpoint: '/token' }), '/tokenEndpoint', 'is not an absolute URL'],
    [
      'an endpoint of another scheme',
      resource({ tokenEndpoint: 'ftp://a/b' }),
      '/tokenEndpoint',
      'has the scheme "ftp"',
    ],
    ['an endpoint with a fragment', resource({ tokenEndpoint: 'https://a/#' }), '/tokenEndpoint', 'has a fragment'],
    [
      'an endpoint with a user',
      resource({ tokenEndpoint: 'https://u:p@a/' }),
      '/tokenEndpoint',
      'has a user name or password',
    ],
    [
      'a secret that is none',
      { ...resource(), values: { a: { secret: 'x' } } },
      '/values/a/secret',
      'keep the stored one',
    ],
    [
      'a secret and stages',
      { ...resource(), values: { a: { secret: 'stored', token: 'x' } } },
      '/values/a',
      'not both',
    ],
    ['a mistyped mode', authenticated({ mode: 'oath' }), '/authentication/mode', 'did you mean "oauth"?'],
    ['no mode', authenticated({}), '/authentication', '"mode" is missing'],
    ['no scheme', authenticated({ mode: 'static' }), '/authentication', '"scheme" is missing'],
    [
      'a mode with a foreign member',
      authenticated({ mode: 'none', resource: 'x' }),
      '/authentication/resource',
      'no member',
    ],
    ['an allowed host with a scheme', instance({ allowedHosts: ['http://a'] }), '/allowedHosts/0', 'is not a host'],
    ['an unknown role', { ...user, roles: ['Admin'] }, '/roles/0', 'did you mean "admin"?'],
    ['no role', { ...user, roles: [] }, '/roles', 'must not be empty'],
    ['a short password', { ...user, password: 'short' }, '/password', '8 characters or more'],
    ['a key for two', { ...apiKey, actsAs: { user: 'a', serviceAccount: 'b' } }, '/actsAs', 'one entry only'],
    ['a bad date', { ...apiKey, expiresAt: 'soon' }, '/expiresAt', '"soon" is not a valid date-time'],
  ];
  for (const [what, document, pointer, message] of faults) {
    it(`is refused for ${what}`, () => {
      const refused = refusal(() => validateDocument(JSON.parse(JSON.stringify(document))), 'DOCUMENT_INVALID');
      expect(refused.message).to.contain(message);
      expect(refused.fields.map((field) => field.pointer)).to.include(pointer);
    });
  }

  it('names its kind and name, says where and why, and has all faults at once', () => {
    const refused = refusal(() => validateDocument(withParameters('state', 'Code')), 'DOCUMENT_INVALID');
    expect(refused.message).to.match(
      /^OAuth resource type "Salesforce": parameter "state" cannot be configured; the runtime adds it to each authorization request itself\. \(and 1 more: /,
    );
    expect(refused.fields).to.have.length(2);
  });

  it('does not repeat a secret in its message', () => {
    const documents = [
      authenticated({ mode: 'static', scheme: 'bearer', token: { secret: 'canary' } }),
      authenticated({ mode: 'static', scheme: 'bearer', token: 424_242 }),
      { ...user, password: 'canary' },
      { ...apiKey, key: 'canary' },
    ];
    for (const document of documents) {
      const refused = refusal(() => validateDocument(document), 'DOCUMENT_INVALID');
      expect(JSON.stringify([refused.message, refused.fields]))
        .to.not.contain('canary')
        .and.not.contain('424242');
    }
  });
});

describe('a resource checked against its type', () => {
  it('passes when its values are for requests that the type sends them in', () => {
    checkResourceAgainstType(resource({ values: { client_secret: { token: 'a', refresh: 'b' } } }), resourceType());
  });

  const faults: readonly [string, Parameters<typeof resource>[0], string, string][] = [
    ['a mistyped parameter', { values: { client_idd: 'x' } }, '/values/client_idd', 'did you mean "client_id"?'],
    ['a foreign parameter', { values: { tenant: 'x' } }, '/values/tenant', 'it has client_id, client_secret, audience'],
    [
      'a request it is not sent in',
      { values: { audience: { refresh: 'x' } } },
      '/values/audience/refresh',
      'only in: token',
    ],
  ];
  for (const [what, changes, pointer, message] of faults) {
    it(`is refused for ${what}`, () => {
      const refused = refusal(() => checkResourceAgainstType(resource(changes), resourceType()), 'DOCUMENT_INVALID');
      expect(refused.fields).to.have.length(1);
      expect(refused.fields[0]?.pointer).to.equal(pointer);
      expect(refused.message).to.contain('OAuth resource "SalesforceProduction"').and.contain(message);
    });
  }

  it('needs an authorization endpoint for the authorization code grant only', () => {
    const { authorizationEndpoint: _, ...bare } = resource();
    const refused = refusal(() => checkResourceAgainstType(bare, resourceType()), 'DOCUMENT_INVALID');
    expect(refused.fields.map(({ pointer }) => pointer)).to.deep.equal(['/authorizationEndpoint']);
    checkResourceAgainstType(bare, resourceType({ grant: 'client_credentials' }));
  });
});
