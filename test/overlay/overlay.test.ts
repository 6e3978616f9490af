import { expect } from 'chai';
import { restBroker } from '../../brokers/rest/index.js';
import { dataTypeOf } from '../../config/model/data-type.js';
import { designFacts } from '../../config/model/designer.js';
import type { JsonSchemaObject } from '../../config/model/json-schema.js';
import type { Overlay } from '../../config/model/overlay.js';
import type { Description } from '../../config/model/service-object.js';
import { applyOverlay } from '../../runtime/overlay/index.js';
import {
  describeDocument,
  giving,
  kindsOf,
  methodOf,
  objectOf,
  openapi,
  planOf,
  taking,
} from '../brokers/rest/describing.js';

const text = { type: 'string' };
const contact = { $ref: '#/components/schemas/Contact' };
const page = {
  type: 'object',
  properties: { rows: { type: 'object', properties: { all: { type: 'array', items: contact } } }, following: text },
};
const document = openapi(
  {
    '/contacts': { get: giving({ type: 'array', items: contact }), post: { ...taking(contact), ...giving(contact) } },
    '/contacts/{id}': { get: giving(contact), delete: { responses: { 204: { description: '' } } } },
    '/contacts/report': {
      get: { ...giving(page), parameters: [{ name: 'after', in: 'query', schema: text }] },
    },
    '/people/{id}': { get: giving({ type: 'object', properties: { shoe: text } }) },
    '/sites': {
      get: { ...giving({ type: 'array', items: { type: 'object', properties: { id: text } } }), operationId: 'sites' },
    },
  },
  {
    components: {
      schemas: {
        Contact: {
          type: 'object',
          required: ['name'],
          properties: {
            id: text,
            name: text,
            born: text,
            level: { $ref: '#/components/schemas/Level' },
            tags: { type: 'array', items: text },
            address: { type: 'object', properties: { city: text } },
            site: { ...text, 'x-ms-dynamic-values': { operationId: 'sites', 'value-path': 'id' } },
          },
        },
        Level: { type: 'string', description: 'How much.' },
      },
    },
  },
);

describe('an overlay', () => {
  let plain: Description;
  before(async () => {
    plain = await describeDocument(document);
  });
  const apply = (overlay: Overlay) => applyOverlay(plain, overlay, restBroker);
  /** Applies what must fit. */
  const fits = async (overlay: Overlay): Promise<Description> => {
    const { description, faults } = await apply(overlay);
    expect(faults).to.deep.equal([]);
    return description;
  };
  const messages = async (overlay: Overlay) =>
    (await apply(overlay)).faults.map(({ code, path, message }) => `${code} ${path.join('/')}: ${message}`);

  it('renames objects and methods, and keeps what discovery called them', async () => {
    const description = await fits({
      objects: { Contact: { name: 'Customer', description: 'Who buys.' } },
      methods: {
        'Contact.List': { name: 'FindAll', displayName: 'Everybody' },
        'DELETE /contacts/{id}': { name: 'Remove' },
      },
    });
    expect(kindsOf(description)).to.deep.equal({
      'Customer.FindAll': 'list',
      'Customer.Create': 'create',
      'Customer.Read': 'read',
      'Customer.Remove': 'delete',
      'ContactsReport.Read': 'read',
      'Person.Read': 'read',
      'Site.List': 'list',
    });
    const object = objectOf(description, 'Customer');
    expect(object).to.deep.include({ displayName: 'Customer', description: 'Who buys.' });
    const method = methodOf(description, 'Customer.FindAll');
    expect(method.displayName).to.equal('Everybody');
    expect(method.origin).to.deep.equal({
      operation: 'GET /contacts',
      named: { serviceObject: 'Contact', method: 'List' },
    });
    expect(methodOf(description, 'Customer.Remove').displayName).to.equal('Remove');
    expect(plain.serviceObjects.map(({ name }) => name)).to.include('Contact');
  });

  it('regroups: one method to another object or a new one, an object into another', async () => {
    const description = await fits({
      objects: { Person: { name: 'Contact' } },
      methods: {
        'Person.Read': { name: 'ReadShoe' },
        'Contact.Delete': { object: 'Cleaning' },
        'Site.List': { object: 'Person', name: 'ListSites' },
      },
    });
    expect(Object.keys(kindsOf(description))).to.have.members([
      'Contact.List',
      'Contact.Create',
      'Contact.Read',
      'ContactsReport.Read',
      'Contact.ReadShoe',
      'Contact.ListSites',
      'Cleaning.Delete',
    ]);
    expect(objectOf(description, 'Contact').properties.map(({ name }) => name)).to.include.members(['name', 'shoe']);
  });

  it('hides and shows by names, operations and patterns; types that only they need go too', async () => {
    const hidden = await fits({ hide: ['Contact*', 'GET /people/*'] });
    expect(Object.keys(kindsOf(hidden))).to.deep.equal(['Site.List']);
    expect(Object.keys(hidden.types)).to.deep.equal([]);
    const shown = await fits({ show: ['Contact.*', 'Site'], hide: ['*.delete'] });
    expect(Object.keys(kindsOf(shown))).to.deep.equal(['Contact.List', 'Contact.Create', 'Contact.Read', 'Site.List']);
  });

  it('sets kinds, and makes a list of an answer with items inside, page by page', async () => {
    const description = await fits({
      methods: {
        'ContactsReport.Read': {
          kind: 'list',
          items: ['rows', 'all'],
          paging: { style: 'cursor', from: ['following'], input: 'after' },
        },
        'Contact.Delete': { kind: 'execute' },
      },
    });
    const report = methodOf(description, 'ContactsReport.Read');
    expect(report).to.deep.include({ kind: 'list', paged: true, output: { $ref: '#/types/Contact' } });
    expect(planOf(report).list).to.deep.equal({
      items: ['rows', 'all'],
      paging: { style: 'cursor', from: ['following'], input: 'after' },
    });
    expect(Object.keys((report.meta as JsonSchemaObject).properties ?? {})).to.deep.equal(['following']);
    expect(methodOf(description, 'Contact.Delete').kind).to.equal('execute');
  });

  it('takes a list for one thing', async () => {
    const list = methodOf(await fits({ methods: { 'Contact.List': { kind: 'read' } } }), 'Contact.List');
    expect(list.output).to.deep.equal({ type: 'array', items: { $ref: '#/types/Contact' } });
    expect(planOf(list)).to.not.have.property('list');
  });

  it('retypes a property wherever the object’s methods take or give it', async () => {
    const description = await fits({
      objects: {
        Contact: {
          properties: {
            born: { dataType: 'Date', schema: { format: 'date' }, displayName: 'Birthday', required: true },
            'address.city': { displayName: 'Town', visibility: 'advanced' },
          },
        },
      },
    });
    const [born] = objectOf(description, 'Contact').properties.filter(({ name }) => name === 'born');
    expect(born).to.deep.include({ displayName: 'Birthday' });
    expect(dataTypeOf(born?.schema ?? true, description.types)).to.equal('Date');
    const type = description.types.Contact as JsonSchemaObject;
    expect(type.required).to.deep.equal(['name', 'born']);
    expect(type.properties?.born).to.deep.include({ type: 'string', format: 'date', title: 'Birthday' });
    const { born: input, address } =
      (methodOf(description, 'Contact.Create').input as JsonSchemaObject).properties ?? {};
    expect(input).to.deep.include({ format: 'date', 'x-smartwright-data-type': 'Date' });
    expect((address as JsonSchemaObject).properties?.city).to.deep.equal({
      type: 'string',
      title: 'Town',
      'x-smartwright-visibility': 'advanced',
    });
    expect((plain.types.Contact as JsonSchemaObject).properties?.born).to.deep.equal(text);
  });

  it('patches schemas; a property that refers to a type has its own from then on', async () => {
    const description = await fits({
      types: {
        Contact: {
          schema: { required: null, minProperties: 1 },
          properties: { level: { schema: { enum: ['a', 'b'] } } },
        },
      },
    });
    const type = description.types.Contact as JsonSchemaObject;
    expect(type).to.not.have.property('required');
    expect(type.minProperties).to.equal(1);
    expect(type.properties?.level).to.deep.equal({ type: 'string', description: 'How much.', enum: ['a', 'b'] });
  });

  it('names the key, and what there is to choose from', async () => {
    const description = await fits({
      objects: {
        Contact: {
          key: 'name',
          properties: {
            level: { choices: ['low', { value: 'high', displayName: 'High', description: 'Very.' }] },
            tags: { choicesFrom: { method: 'Site.List', value: 'id', inputs: { q: { input: 'name' } } } },
          },
        },
      },
      methods: { 'Site.List': { object: 'Place', name: 'All' } },
    });
    const { properties } = objectOf(description, 'Contact');
    expect(properties.filter(({ key }) => key === true).map(({ name }) => name)).to.deep.equal(['name']);
    const facts = (name: string) =>
      designFacts(properties.find((property) => property.name === name)?.schema ?? true, description.types);
    expect(facts('level').choices).to.deep.equal([
      { value: 'low', displayName: 'low' },
      { value: 'high', displayName: 'High', description: 'Very.' },
    ]);
    const source = { object: 'Place', method: 'All', items: [], value: ['id'], title: ['id'] };
    expect(facts('tags').choicesFrom).to.deep.equal({ ...source, inputs: { q: { input: 'name' } } });
    // What the document itself offers follows the names too.
    expect(facts('site').choicesFrom).to.deep.equal({ ...source, inputs: {} });
  });

  it('names what in the description a rule does not match, and what was meant', async () => {
    expect(
      await messages({
        hide: ['Contract'],
        objects: { Contcat: { name: 'X' }, Contact: { key: 'nam', properties: { addres: { displayName: 'A' } } } },
        methods: {
          'Contact.Lst': { name: 'All' },
          'GET /contact': { name: 'All' },
          'Contact.List': {
            inputs: { limit: { displayName: 'L' } },
            outputs: { 'address.town': { displayName: 'T' } },
          },
        },
        types: { Contacts: { description: 'x' } },
      }),
    ).to.deep.equal([
      'OVERLAY_UNMATCHED methods/Contact.Lst: There is no method "Contact.Lst" in the description. Did you mean "Contact.List" or "Contact.Delete" or "Contact.Read"?',
      'OVERLAY_UNMATCHED methods/GET /contact: There is no method "GET /contact" in the description. Did you mean "GET /contacts" or "GET /contacts/{id}" or "GET /contacts/report"?',
      'OVERLAY_UNMATCHED methods/Contact.List/inputs/limit: There is no input "limit" in the description.',
      'OVERLAY_UNMATCHED methods/Contact.List/outputs/address.town: There is no output "address.town" in the description. Did you mean "address"?',
      'OVERLAY_UNMATCHED objects/Contcat: There is no service object "Contcat" in the description. Did you mean "Contact"?',
      'OVERLAY_UNMATCHED objects/Contact/properties/addres: There is no property "addres" in the description. Did you mean "address"?',
      'OVERLAY_UNMATCHED objects/Contact/key: There is no property "nam" in the description. Did you mean "name"?',
      'OVERLAY_UNMATCHED types/Contacts: There is no type "Contacts" in the description. Did you mean "Contact"?',
      'OVERLAY_UNMATCHED hide/0: There is no object, method or operation "Contract" in the description. Did you mean "Contact"?',
    ]);
  });

  it('leaves out what cannot be, and applies the rest', async () => {
    const { description, faults } = await apply({
      methods: {
        'Contact.List': { kind: 'list', items: ['nowhere'], description: 'All.' },
        'ContactsReport.Read': { paging: { style: 'link-header' } },
        'Contact.Create': { name: 'Read' },
        'Contact.Delete': { inputs: { id: { choicesFrom: { method: 'Site.Find', value: 'id' } } } },
        'Site.List': { paging: { style: 'page', input: 'page' } },
      },
    });
    expect(faults.map(({ path, message }) => `${path.join('/')}: ${message}`)).to.deep.equal([
      'methods/Contact.List: This cannot be: its answer has no "nowhere"; there is no object.',
      'methods/ContactsReport.Read: "items" and "paging" are of lists, and this is of kind "read". Set kind: list.',
      'methods/Site.List: This cannot be: its paging names the input "page", which it does not have; there are none.',
      'methods/Contact.Delete/inputs/id/choicesFrom/method: There is no method "Site.Find" in the description. Did you mean "Site.List"?',
      'methods/Contact.Create: There would be two methods "Contact.Read". Give one of them another name.',
    ]);
    expect(kindsOf(description)).to.deep.equal(kindsOf(plain));
    expect(methodOf(description, 'Contact.List').description).to.equal('All.');
  });
});
