import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { type JsonSchemaObject, typeReference } from '../../config/model/json-schema.js';
import { selfContained } from '../../runtime/server/self-contained.js';

const compile = (schema: unknown) => new Ajv2020({ strict: true }).compile(schema as object);

describe('a self-contained schema', () => {
  it('carries the types it refers to, recursive ones and ones with odd names too', () => {
    const types = {
      'Con/tact ~1': {
        type: 'object',
        properties: { manager: typeReference('Con/tact ~1'), address: typeReference('Adresse für') },
      } satisfies JsonSchemaObject,
      'Adresse für': { type: 'object', properties: { city: { type: 'string' } } } satisfies JsonSchemaObject,
      Unused: true,
    };
    const schema = selfContained(typeReference('Con/tact ~1'), types) as JsonSchemaObject;
    expect(schema.$defs).to.have.all.keys('Con/tact ~1', 'Adresse für');
    const validate = compile(schema);
    expect(validate({ manager: { manager: { address: { city: 'Bern' } } } })).to.equal(true);
    expect(validate({ manager: { manager: { address: { city: 7 } } } })).to.equal(false);
  });

  it('moves the local references of a type to where the type stands now', () => {
    const types = {
      Contact: {
        type: 'object',
        properties: { tag: { $ref: '#/$defs/Tag' }, self: { $ref: '#' } },
        $defs: { Tag: { type: 'string' } },
      } satisfies JsonSchemaObject,
    };
    const root: JsonSchemaObject = {
      type: 'object',
      properties: { contact: typeReference('Contact'), again: { $ref: '#' } },
    };
    const validate = compile(selfContained(root, types));
    expect(validate({ contact: { self: { tag: 'x' } }, again: { contact: { tag: 'y' } } })).to.equal(true);
    expect(validate({ contact: { self: { tag: 1 } } })).to.equal(false);
    expect(validate({ again: { contact: { tag: 1 } } })).to.equal(false);
    expect(types.Contact.properties.tag.$ref).to.equal('#/$defs/Tag');
  });

  it('gives a type another key where the schema has a definition of that name', () => {
    const root: JsonSchemaObject = {
      type: 'array',
      prefixItems: [{ $ref: '#/$defs/Tag' }, typeReference('Tag')],
      $defs: { Tag: { type: 'integer' } },
    };
    const validate = compile(selfContained({ ...root, minItems: 2, items: false }, { Tag: { type: 'string' } }));
    expect(validate([1, 'x'])).to.equal(true);
    expect(validate(['x', 1])).to.equal(false);
  });

  it('accepts anything where a type is missing, and leaves booleans alone', () => {
    expect(compile(selfContained(typeReference('Gone'), {}))(7)).to.equal(true);
    expect(selfContained(false, {})).to.equal(false);
  });
});
