import { expect } from 'chai';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { OAuthResourceType } from '../../config/model/oauth-resource-type.js';
import { checkResourceAgainstType, validateDocument } from '../../config/schema/index.js';
import { crmResource, crmType } from '../oauth/installation.js';
import { refusal } from '../support/rejection.js';

const faults = (resource: Partial<OAuthResource>, type: Partial<OAuthResourceType>): string[] =>
  refusal(() => checkResourceAgainstType(crmResource(resource), crmType(type)), 'DOCUMENT_INVALID').fields.map(
    ({ pointer }) => pointer,
  );
const passes = (resource: Partial<OAuthResource>, type: Partial<OAuthResourceType>) =>
  checkResourceAgainstType(crmResource(resource), crmType(type));
const scoped = (authorization: string, refresh: string) => ({
  parameters: [
    ...crmType().parameters.filter(({ name }) => name !== 'scope'),
    { name: 'scope', stages: { authorization: { default: authorization }, refresh: { default: refresh } } },
  ],
});
const signingKey = { privateKey: 'a key' };

describe('An OAuth resource, checked against what its type needs', () => {
  it('has a key where the client signs, or its assertion is signed (RFC 7523)', () => {
    expect(faults({}, { clientAuthentication: 'private_key_jwt' })).to.deep.equal(['/signingKey']);
    for (const grant of ['jwt_bearer', 'saml2_bearer'] as const) {
      expect(faults({}, { grant })).to.deep.equal(['/signingKey']);
      passes({ signingKey }, { grant });
      const parameters = [...crmType().parameters, { name: 'assertion', stages: { token: {} } }];
      passes({ values: { client_id: 'x', assertion: 'ready-made' } }, { grant, parameters });
    }
    passes({ signingKey }, { clientAuthentication: 'private_key_jwt' });
  });

  it('has a device authorization endpoint where consent is given on another device (RFC 8628)', () => {
    expect(faults({}, { grant: 'device_code' })).to.deep.equal(['/deviceAuthorizationEndpoint']);
    passes({ deviceAuthorizationEndpoint: 'https://provider.example/device' }, { grant: 'device_code' });
  });

  it('asks for no more at a refresh than at the consent (RFC 6749 §6)', () => {
    expect(faults({}, scoped('a b', 'a c'))).to.deep.equal(['/values/scope']);
    passes({}, scoped('a b offline_access', 'a'));
    passes({}, scoped('{tenant}/a', '{tenant}/b'));
    expect(faults({ values: { scope: { authorization: 'a', refresh: 'b' } } }, scoped('b', 'b'))).to.deep.equal([
      '/values/scope',
    ]);
  });

  it('names what a token is for by an absolute URI without a fragment (RFC 8707 §2)', () => {
    const named = (resource: string) => () => validateDocument(crmResource({ values: { resource } }));
    for (const wrong of ['api', '/api', 'https://x.example/#f', 'https://x.example/ y']) {
      const { fields } = refusal(named(wrong), 'DOCUMENT_INVALID');
      expect(
        fields.map(({ pointer }) => pointer),
        wrong,
      ).to.deep.equal(['/values/resource']);
    }
    for (const right of [
      'https://x.example/api',
      'urn:x:api',
      'https://{tenant}.example',
      '00000003-0000-0000-c000-000000000000',
    ]) {
      named(right)();
    }
  });
});
