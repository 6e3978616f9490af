import { expect } from 'chai';
import type { JsonSchemaObject, TypeMap } from '../../config/model/json-schema.js';
import { findProperty } from '../../runtime/forms/find-property.js';

describe('finding an input by its flat name', () => {
  const name: JsonSchemaObject = { type: 'string' };
  const leaf: JsonSchemaObject = { type: 'object', properties: { child: { $ref: '#/types/Node' }, name } };
  const types: TypeMap = { Node: { oneOf: [leaf, { allOf: [{ ...leaf }] }, { type: 'array', items: { ...leaf } }] } };

  it('finds it at any depth of types that contain themselves by several ways, once each', () => {
    const path = [...Array.from({ length: 300 }, () => 'child'), 'name'];
    expect(findProperty({ $ref: '#/types/Node' }, path, types)).to.deep.equal([name]);
  });

  it('finds nothing behind what is not there', () => {
    expect(findProperty({ $ref: '#/types/Node' }, ['name', 'child'], types)).to.deep.equal([]);
  });
});
