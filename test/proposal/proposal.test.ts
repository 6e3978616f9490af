import { expect } from 'chai';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { OAuthResourceType } from '../../config/model/oauth-resource-type.js';
import type { ServiceInstance } from '../../config/model/service-instance.js';
import { checkResourceAgainstType, validateDocument } from '../../config/schema/index.js';
import { fillPlaceholders } from '../../runtime/cli/documents/placeholders.js';
import { readDocuments } from '../../runtime/cli/documents/read.js';
import { writeProposal } from '../../runtime/cli/documents/write-proposal.js';
import { proposeConnection } from '../../runtime/proposal/propose-connection.js';
import { describeDocument, giving, openapi } from '../brokers/rest/describing.js';
import { temporaryFolder } from '../cli/temporary-folder.js';

const instance = (more: Partial<ServiceInstance> = {}): ServiceInstance => ({
  kind: 'ServiceInstance',
  name: 'crm',
  displayName: 'CRM',
  type: 'rest',
  authentication: { mode: 'none' },
  keys: { descriptor: 'openapi.yaml' },
  ...more,
});
const proposed = async (securitySchemes: object, version = '3.1.0') => {
  const document = openapi(
    { '/contacts': { get: giving({ type: 'array', items: {} }) } },
    { components: { securitySchemes } },
    version,
  );
  const { security } = await describeDocument(document);
  return proposeConnection(instance(), security ?? []);
};
const id = 'https://id.example.com';
const full = {
  authorizationUrl: `${id}/authorize`,
  tokenUrl: `${id}/token`,
  refreshUrl: `${id}/refresh`,
  scopes: { read: 'Read all', write: '' },
};

describe('the proposal of a connection', () => {
  const folder = temporaryFolder();

  it('is an OAuth resource type and resource with endpoints, scopes and what each request carries, and the instance', async () => {
    const { documents, ways, variables, notes } = await proposed({
      login: { type: 'oauth2', description: 'Sign in.', flows: { authorizationCode: full } },
    });
    expect(documents).to.deep.equal([
      {
        kind: 'OAuthResourceType',
        name: 'crm',
        displayName: 'CRM',
        grant: 'authorization_code',
        parameters: [
          { name: 'client_id', stages: { authorization: {}, token: {}, refresh: {} } },
          { name: 'client_secret', secret: true, stages: { token: {}, refresh: {} } },
          { name: 'scope', description: 'read: Read all\nwrite', stages: { authorization: { default: 'read write' } } },
        ],
      },
      {
        kind: 'OAuthResource',
        name: 'crm',
        displayName: 'CRM',
        type: 'crm',
        authorizationEndpoint: `${id}/authorize`,
        tokenEndpoint: `${id}/token`,
        refreshEndpoint: `${id}/refresh`,
        values: { client_id: '$' + '{env:CRM_CLIENT_ID}', client_secret: '$' + '{env:CRM_CLIENT_SECRET}' },
      },
      instance({ authentication: { mode: 'oauth', resource: 'crm' } }),
    ]);
    expect(ways).to.deep.equal([
      { scheme: 'login', description: 'Sign in.', authentication: { mode: 'oauth', resource: 'crm' } },
    ]);
    expect(variables.map(({ name, secret }) => [name, secret])).to.deep.equal([
      ['CRM_CLIENT_ID', false],
      ['CRM_CLIENT_SECRET', true],
    ]);
    expect(notes.join()).to.include('/identity/token/oauth/2');
  });

  it('has a resource type for each grant; the application’s own token has no consent and no refresh', async () => {
    const { documents, ways } = await proposed(
      {
        login: { type: 'oauth2', flows: { clientCredentials: full, authorizationCode: full } },
        tv: { type: 'oauth2', flows: { deviceAuthorization: { ...full, deviceAuthorizationUrl: `${id}/device` } } },
      },
      '3.2.0',
    );
    const types = documents.filter((one) => one.kind === 'OAuthResourceType');
    expect(types.map(({ name, grant }) => [name, grant])).to.deep.equal([
      ['crm_Login', 'authorization_code'],
      ['crm_Tv', 'device_code'],
      ['crm', 'client_credentials'],
    ]);
    expect(types[2]?.parameters.map(({ stages }) => Object.keys(stages))).to.deep.equal([
      ['token'],
      ['token'],
      ['token'],
    ]);
    expect(ways.map(({ authentication }) => authentication)).to.deep.include({ mode: 'oauth', resource: 'crm_Tv' });
    const device = documents.find((one) => one.kind === 'OAuthResource' && one.name === 'crm_Tv');
    expect(device).to.deep.include({ deviceAuthorizationEndpoint: `${id}/device` });
  });

  it('is static authentication for keys, Basic and bearer, the safer ways first', async () => {
    const { documents, ways } = await proposed({
      inQuery: { type: 'apiKey', in: 'query', name: 'api_key' },
      inCookie: { type: 'apiKey', in: 'cookie', name: 'session' },
      basic: { type: 'http', scheme: 'basic' },
      inHeader: { type: 'apiKey', in: 'header', name: 'X-Key' },
      bearer: { type: 'http', scheme: 'bearer' },
    });
    const mode = 'static';
    const env = (name: string) => `$${`{env:CRM_${name}}`}`;
    expect(ways.map(({ authentication }) => authentication)).to.deep.equal([
      { mode, scheme: 'bearer', token: env('TOKEN') },
      { mode, scheme: 'header', name: 'X-Key', value: env('X_KEY') },
      { mode, scheme: 'basic', userName: env('USER_NAME'), password: env('PASSWORD') },
      { mode, scheme: 'query', name: 'api_key', value: env('API_KEY') },
      { mode, scheme: 'cookie', name: 'session', value: env('SESSION') },
    ]);
    expect(documents).to.deep.equal([instance({ authentication: { mode, scheme: 'bearer', token: env('TOKEN') } })]);
  });

  it('says where OpenID Connect’s metadata is, what stands in for old flows, and what no instance can have', async () => {
    const { documents, notes, variables } = await proposed({
      oidc: { type: 'openIdConnect', openIdConnectUrl: `${id}/.well-known/openid-configuration` },
      old: { type: 'oauth2', flows: { implicit: { authorizationUrl: `${id}/authorize`, scopes: {} } } },
      cert: { type: 'mutualTLS' },
      digest: { type: 'http', scheme: 'digest' },
    });
    const told = notes.join('\n');
    expect(told).to.include(`smartwright oauth import ${id}/.well-known/openid-configuration --name crm`);
    expect(told).to.include('"old" offers the implicit flow only');
    expect(told).to.include('"cert" (mutualTLS)').and.include('"digest" (http digest)');
    expect(documents.find((one) => one.kind === 'OAuthResource' && one.name === 'crm')).to.deep.include({
      metadataEndpoint: `${id}/.well-known/openid-configuration`,
    });
    expect(variables.map(({ name }) => name)).to.include.members(['CRM_TOKEN_ENDPOINT', 'CRM_AUTHORIZATION_ENDPOINT']);
    expect((await proposed({})).notes).to.deep.equal(['The description does not say how callers authenticate.']);
  });

  it('is YAML that apply takes: every document is valid once the variables have values', async () => {
    const proposal = await proposed({
      login: { type: 'oauth2', flows: { authorizationCode: full, clientCredentials: full } },
      oidc: { type: 'openIdConnect', openIdConnectUrl: `${id}/.well-known/openid-configuration` },
      key: { type: 'apiKey', in: 'header', name: 'X-Key', description: 'Line one\n---\nkind: User' },
    });
    const file = folder.write('proposal.yaml', writeProposal(proposal));
    const values = new Map(proposal.variables.map(({ name }) => [name, `${id}/${name}`]));
    const sources = await readDocuments([file], (name) => values.get(name));
    const documents = sources.map(({ document }) => validateDocument(document));
    expect(documents.map(({ kind, name }) => `${kind} ${name}`)).to.deep.equal(
      proposal.documents.map(({ kind, name }) => `${kind} ${name}`),
    );
    const types = documents.filter((one): one is OAuthResourceType => one.kind === 'OAuthResourceType');
    for (const resource of documents.filter((one): one is OAuthResource => one.kind === 'OAuthResource')) {
      const type = types.find(({ name }) => name === resource.type);
      expect(type).to.not.equal(undefined);
      if (type !== undefined) checkResourceAgainstType(resource, type);
    }
    const error = await readDocuments([file], () => undefined).catch((thrown: Error) => thrown);
    expect((error as Error).message).to.include('environment variable CRM_CLIENT_SECRET is not set. Set it, or write');
  });

  it('lets no text of the service become a reference to the environment', async () => {
    const stolen = '$' + '{env:AWS_SECRET}';
    const proposal = await proposed({
      login: {
        type: 'oauth2',
        flows: {
          authorizationCode: { ...full, authorizationUrl: `${id}/a?x=${stolen}`, scopes: { [stolen]: stolen } },
        },
      },
    });
    const written = writeProposal(proposal);
    const { text } = fillPlaceholders(written, (name) => (name === 'AWS_SECRET' ? 'canary' : 'value'));
    expect(written).to.include('AWS_SECRET');
    expect(text).to.not.include('canary');
  });
});
