import { expect } from 'chai';
import type { JsonSchemaObject } from '../../config/model/json-schema.js';
import { storedSecret } from '../../config/model/stored-secret.js';
import { validateAgainst } from '../../config/schema/index.js';
import { refusal } from '../support/rejection.js';

const schema: JsonSchemaObject = {
  type: 'object',
  properties: {
    descriptor: { type: 'string', title: 'Descriptor Location' },
    serviceUrl: { type: 'string', title: 'Service URL', format: 'uri' },
    timeout: { type: 'integer', title: 'Timeout', default: 30, minimum: 1 },
    style: { enum: ['rpc', 'document'], title: 'Style' },
    apiSecret: { type: 'string', title: 'API secret', writeOnly: true, minLength: 4 },
  },
  required: ['descriptor'],
  additionalProperties: false,
};
const what = 'Service instance "CRM"';
const check = (keys: unknown) => validateAgainst(schema, keys, what);

describe('service keys', () => {
  it('come by system name, in kebab case or by display name, and leave by system name with defaults', () => {
    const url = 'https://crm.example';
    const wanted = { descriptor: 'x', serviceUrl: url, timeout: 30 };
    expect(check({ descriptor: 'x', serviceUrl: url })).to.deep.equal(wanted);
    expect(check({ descriptor: 'x', 'service-url': url })).to.deep.equal(wanted);
    expect(check({ 'Descriptor Location': 'x', 'Service URL': url })).to.deep.equal(wanted);
    expect(check({ 'descriptor-location': 'x', SERVICE_URL: url, timeout: 5 })).to.deep.equal({
      ...wanted,
      timeout: 5,
    });
  });

  it('are left as they were given', () => {
    const given = Object.freeze({ descriptor: 'x' });
    check(given);
    expect(given).to.deep.equal({ descriptor: 'x' });
  });

  it('may have a stored secret where the schema has a secret, and only there', () => {
    expect(check({ descriptor: 'x', apiSecret: storedSecret }).apiSecret).to.deep.equal(storedSecret);
    refusal(() => check({ descriptor: storedSecret }), 'KEYS_INVALID');
  });

  const faults: readonly [string, unknown, string, string][] = [
    ['a list', [], '', 'are an object'],
    ['nothing', undefined, '', 'are an object'],
    ['a missing one', {}, '', '"descriptor" is missing'],
    ['a mistyped one', { descriptr: 'x' }, '/descriptr', 'did you mean "descriptor"?'],
    ['one that there is not', { descriptor: 'x', wsdl: 'y' }, '/wsdl', 'there are descriptor, serviceUrl'],
    ['one twice', { timeout: 1, Timeout: 2, descriptor: 'x' }, '/Timeout', '"timeout" is given twice'],
    ['a text for a number', { descriptor: 'x', timeout: '30' }, '/timeout', 'must be a whole number, not text'],
    ['a number too small', { descriptor: 'x', timeout: 0 }, '/timeout', 'must be >= 1'],
    ['an unknown choice', { descriptor: 'x', style: 'rpk' }, '/style', 'did you mean "rpc"?'],
    ['a bad URL', { descriptor: 'x', serviceUrl: 'crm' }, '/serviceUrl', '"crm" is not a valid uri'],
    ['the prototype', JSON.parse('{"descriptor":"x","__proto__":"y"}'), '/__proto__', 'there is no service key'],
  ];
  for (const [fault, keys, pointer, message] of faults) {
    it(`are refused for ${fault}`, () => {
      const refused = refusal(() => check(keys), 'KEYS_INVALID');
      expect(refused.message).to.contain(what).and.contain(message);
      expect(refused.fields.map((field) => field.pointer)).to.deep.equal([pointer]);
    });
  }

  it('do not show a secret that is refused', () => {
    expect(refusal(() => check({ descriptor: 'x', apiSecret: 'abc' }), 'KEYS_INVALID').message).to.not.contain('abc');
  });
});
