import type { SiteBuilder } from './site-builder.js';

const customers = ['Contoso', 'Fabrikam', 'Northwind Traders', 'Adventure Works', "O'Brien & Sons"];

/** The sample: customers, their orders, and a library for contracts. */
export async function seedSite(build: SiteBuilder): Promise<void> {
  const ada = build.person('ada@example.org', 'Ada Lovelace');
  const bob = build.person('bob@example.org', 'Bob Martin');
  const customerList = build.list({ title: 'Customers', columns: [{ title: 'City', type: 'Text' }] });
  const customerIds = customers.map((Title, index) =>
    build.item(customerList, { Title, City: ['Lyon', 'Oslo', 'Porto'][index % 3] }),
  );

  const orders = build.list({
    title: 'Orders',
    description: 'What customers ordered',
    columns: [
      {
        title: 'Order Number',
        internalName: 'OrderNumber',
        type: 'Text',
        required: true,
        unique: true,
        more: { MaxLength: 20 },
      },
      { title: 'Customer', type: 'Lookup', lookupList: 'Customers', required: true, indexed: true },
      {
        title: 'Company Id',
        internalName: 'CompanyId',
        type: 'Number',
        description: 'The company in the CRM',
        more: { MinimumValue: 0 },
      },
      { title: 'Amount', type: 'Currency' },
      { title: 'Quantity', type: 'Number', more: { MinimumValue: 1, MaximumValue: 10_000 } },
      { title: 'Total', type: 'Calculated', more: { Formula: '=[Amount]*[Quantity]', OutputType: 9 } },
      {
        title: 'Status',
        type: 'Choice',
        defaultValue: 'New',
        indexed: true,
        more: { Choices: ['New', 'Confirmed', 'Shipped', 'Closed'] },
      },
      { title: 'Channels', type: 'MultiChoice', more: { Choices: ['Shop', 'Phone', 'Partner'] } },
      { title: 'Due', type: 'DateTime', more: { DisplayFormat: 0 } },
      { title: 'Ordered At', internalName: 'OrderedAt', type: 'DateTime' },
      { title: 'Sales Person', internalName: 'SalesPerson', type: 'User' },
      { title: 'Reviewers', type: 'UserMulti' },
      { title: 'Related Customers', internalName: 'RelatedCustomers', type: 'LookupMulti', lookupList: 'Customers' },
      { title: 'Urgent', type: 'Boolean', defaultValue: '0' },
      { title: 'Remarks', type: 'Note', more: { RichText: true } },
      { title: 'Website', type: 'URL' },
      { title: 'Region', type: 'TaxonomyFieldType' },
      { title: 'Topics', type: 'TaxonomyFieldTypeMulti' },
      { title: 'Photo', type: 'Thumbnail' },
      { title: 'Place', type: 'Location' },
    ],
  });
  for (let index = 0; index < 12; index += 1) {
    build.item(orders, {
      Title: `Order ${index + 1}`,
      OrderNumber: `SO-${1001 + index}`,
      CustomerId: customerIds[index % customerIds.length],
      CompanyId: 101 + index,
      Amount: 120.5 + index * 10,
      Quantity: 1 + (index % 4),
      Status: ['New', 'Confirmed', 'Shipped', 'Closed'][index % 4],
      Channels: index % 2 === 0 ? ['Shop'] : ['Phone', 'Partner'],
      Due: `2026-12-${String(index + 1).padStart(2, '0')}T00:00:00Z`,
      OrderedAt: `2026-11-${String(index + 1).padStart(2, '0')}T08:30:00Z`,
      SalesPersonId: index % 2 === 0 ? ada.id : bob.id,
      ReviewersId: [ada.id, bob.id],
      Urgent: index % 3 === 0,
    });
  }

  const contracts = build.list({
    title: 'Contracts',
    baseTemplate: 101,
    description: 'Signed contracts and drafts',
    enableMinorVersions: true,
    contentTypesEnabled: true,
    columns: [
      { title: 'Order Number', internalName: 'OrderNumber', type: 'Text' },
      { title: 'Customer', type: 'Lookup', lookupList: 'Customers' },
      { title: 'Signed On', internalName: 'SignedOn', type: 'DateTime', more: { DisplayFormat: 0 } },
    ],
  });
  build.contentType(contracts, '0x0120D520', 'Document Set', ['Title', 'FileLeafRef', 'Customer']);
  build.folder(contracts, 'Templates');
  await build.file(
    contracts,
    'Templates/Frame contract.txt',
    'This contract is between {customer} and Smartwright Sales.\n',
  );
}
