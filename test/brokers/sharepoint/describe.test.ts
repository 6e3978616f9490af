import { expect } from 'chai';
import { sharePointBroker } from '../../../brokers/sharepoint/index.js';
import { compareDescriptions } from '../../../config/model/description-difference.js';
import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import type { Description } from '../../../config/model/service-object.js';
import { callOf, contextFor } from './calling.js';
import { describeOrders, ordersId } from './orders-site.js';
import { type SmallSite, startSmallSite } from './small-site.js';

describe('discovery of a SharePoint site', () => {
  let site: SmallSite;
  let description: Description;
  before(async () => {
    site = await startSmallSite((asked) => describeOrders(asked) ?? { status: 404 });
    description = await sharePointBroker.describe({ siteUrl: site.url }, contextFor());
  });
  after(() => site.close());

  const properties = (type: string) => (description.types[type] as JsonSchemaObject).properties ?? {};

  it('asks for everything in two batches', () => {
    const batches = site.asked.filter(({ path }) => path === '_api/$batch');
    expect(batches.length).to.equal(2);
    expect(site.asked.filter(({ batched }) => !batched).length).to.equal(2);
  });

  it('gives an object for each list that may be seen, and names the one that may not', () => {
    expect(description.serviceObjects.map(({ name }) => name)).to.deep.equal(['Site', 'Orders', 'Contracts']);
    const skipped = description.diagnostics.filter(({ severity }) => severity === 'skipped');
    expect(skipped.map(({ code, message }) => [code, message.includes('"Secret"')])).to.deep.equal([
      ['LIST_REFUSED', true],
    ]);
  });

  it('carries choices, lengths, bounds, defaults and uniqueness over', () => {
    const order = properties('OrdersItem');
    expect(order.Status).to.deep.include({ type: ['string', 'null'], enum: ['Open', 'Paid', null] });
    expect(order.Total)
      .to.deep.include({ type: ['number', 'null'], minimum: 0 })
      .and.not.to.have.property('maximum');
    expect(order.OrderNo).to.deep.include({
      maxLength: 20,
      'x-smartwright-unique': true,
      description: 'As printed. No two items have the same.',
    });
    expect(order.Tags).to.deep.include({ type: 'array', items: { type: 'string', enum: ['Red', 'Green'] } });
    expect(order.Due).to.deep.include({ format: 'date' });
    expect(order.Double).to.deep.include({ type: ['number', 'null'], readOnly: true });
    const create = callOf(description, 'Orders.Create', {}, {}).method.input as JsonSchemaObject;
    expect(create.required).to.deep.equal(['Title']);
    expect(create.properties?.Status).to.deep.include({ type: 'string', default: 'Open' });
    expect(create.properties).not.to.have.any.keys('ID', 'Double', 'Modified', 'Attachments');
  });

  it('says which column it cannot take over', () => {
    const found = description.diagnostics.find(({ code }) => code === 'COLUMN_TYPE_UNKNOWN');
    expect(found?.message).to.contain('"External"').and.contain('"BusinessData"');
  });

  it('makes content types shapes of their own', () => {
    const input = callOf(description, 'Orders.CreateRushOrder', {}, {}).method.input as JsonSchemaObject;
    expect(Object.keys(input.properties ?? {})).to.deep.equal(['Title', 'Urgent']);
    expect(properties('OrdersRushOrder')).to.have.keys(
      'Title',
      'Urgent',
      'ID',
      'ContentTypeId',
      'Modified',
      'ModifiedBy',
      'Attachments',
      'Key',
      'Double',
      'ETag',
    );
  });

  it('names properties internally when asked to', async () => {
    const keys = {
      siteUrl: site.url,
      useInternalFieldNames: true,
      includeHiddenLists: true,
      listFilter: 'ord*, hid*n',
    };
    const internal = await sharePointBroker.describe(keys, contextFor());
    expect(internal.serviceObjects.map(({ name }) => name)).to.deep.equal(['Site', 'Orders', 'Hidden']);
    expect((internal.types.OrdersItem as JsonSchemaObject).properties).to.have.property('Order_x0020_No');
  });

  it('describes only the objects that are wanted, as they are among all', async () => {
    const some = await sharePointBroker.describe({ siteUrl: site.url }, { ...contextFor(), objects: ['orders'] });
    expect(some.serviceObjects).to.deep.equal(description.serviceObjects.filter(({ name }) => name === 'Orders'));
  });

  it('keeps the name of a list that was renamed, and shows a column that was', async () => {
    const renamed = await startSmallSite((asked) => {
      const told = describeOrders(asked);
      const text = JSON.stringify(told?.body ?? null).replaceAll('"Title":"Orders"', '"Title":"Purchases"');
      return told?.body === undefined
        ? (told ?? { status: 404 })
        : { ...told, body: JSON.parse(text.replaceAll('"Title":"Total"', '"Title":"Sum"')) };
    });
    try {
      const names = new Map([[`list ${ordersId} List`, { serviceObject: 'Orders', method: 'List' }]]);
      const latter = await sharePointBroker.describe({ siteUrl: renamed.url }, { ...contextFor(), names });
      expect(latter.serviceObjects.map(({ name, displayName }) => [name, displayName])).to.deep.include([
        'Orders',
        'Purchases',
      ]);
      const changes = compareDescriptions(description, latter).changes.map(({ code, pointer }) => `${code} ${pointer}`);
      expect(changes).to.include('PROPERTY_REMOVED /types/OrdersItem/properties/Total');
      expect(changes).to.include('PROPERTY_ADDED /types/OrdersItem/properties/Sum');
    } finally {
      await renamed.close();
    }
  });
});
