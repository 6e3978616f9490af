import { expect } from 'chai';
import { typeReference } from '../../config/model/json-schema.js';
import { compileInput } from '../../runtime/engine/validate.js';

describe('the validation of inputs', () => {
  it('reads the types that a schema refers to, recursive ones too', () => {
    const types = {
      Tree: {
        type: 'object',
        properties: { children: { type: 'array', items: typeReference('Tree') }, 'a/b': { type: 'integer' } },
      },
    } as const;
    const validate = compileInput(
      { type: 'object', properties: { root: typeReference('Tree') } },
      { Tree: { ...types.Tree, properties: { ...types.Tree.properties } } },
    );
    expect(validate({ root: { children: [{ children: [] }] } })).to.deep.equal([]);
    expect(validate({ root: { children: [{ 'a/b': 'x' }] } })).to.deep.equal([
      { pointer: '/root/children/0/a~1b', message: 'must be integer, not string' },
    ]);
  });

  it('names the values of an enumeration, all when there are few', () => {
    const validate = compileInput({ type: 'object', properties: { colour: { enum: ['red', 'green'] } } }, {});
    expect(validate({ colour: 'blue' })).to.deep.equal([
      { pointer: '/colour', message: 'must be one of "red", "green"' },
    ]);
  });

  it('takes a bigint for the integer that it is', () => {
    const validate = compileInput(
      { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } },
      {},
    );
    expect(validate({ id: 9007199254740993n })).to.deep.equal([]);
    expect(validate({ id: 9007199254740993n, name: 5n })).to.deep.equal([
      { pointer: '/name', message: 'must be string, not number' },
    ]);
  });

  it('says that there are no inputs where there are none', () => {
    const validate = compileInput({ type: 'object', additionalProperties: false }, {});
    expect(validate({ x: 1 })).to.deep.equal([{ pointer: '/x', message: 'is unknown; there are no inputs here' }]);
  });

  it('does not mistake an inherited property for an input', () => {
    const validate = compileInput(
      { type: 'object', required: ['constructor'], properties: {}, additionalProperties: false },
      {},
    );
    expect(validate({})).to.deep.equal([{ pointer: '/constructor', message: 'is required' }]);
    expect(validate(JSON.parse('{"__proto__":1}')).map(({ pointer }) => pointer)).to.include('/__proto__');
  });
});
