import type { Asked, Told } from './small-site.js';

/** A list of orders as `_api` describes it, and what answers to its description. */

export const ordersId = '11111111-2222-3333-4444-555555555555';
export const contractsId = '99999999-2222-3333-4444-555555555555';

let number = 0;
const field = (TypeAsString: string, InternalName: string, more: Readonly<Record<string, unknown>> = {}) => ({
  Id: `00000000-0000-0000-0000-${String(++number).padStart(12, '0')}`,
  InternalName,
  EntityPropertyName: InternalName,
  Title: InternalName.replaceAll('_x0020_', ' '),
  TypeAsString,
  Required: false,
  ReadOnlyField: false,
  Hidden: false,
  FromBaseType: false,
  EnforceUniqueValues: false,
  ...more,
});

const base = { FromBaseType: true };
const system = [
  field('Counter', 'ID', { ...base, ReadOnlyField: true }),
  field('Text', 'Title', { ...base, Required: true, MaxLength: 255 }),
  field('ContentTypeId', 'ContentTypeId', { ...base, Hidden: true, ReadOnlyField: true }),
  field('DateTime', 'Modified', { ...base, ReadOnlyField: true, DisplayFormat: 1 }),
  field('User', 'Editor', { ...base, ReadOnlyField: true, Title: 'Modified By' }),
  field('Computed', 'DocIcon', base),
];

export const orderFields = [
  ...system,
  field('Attachments', 'Attachments', base),
  field('Note', 'Details', { RichText: true }),
  field('Currency', 'Total', { MinimumValue: 0, MaximumValue: 1.7976931348623157e308 }),
  field('Choice', 'Status', { Choices: ['Open', 'Paid'], DefaultValue: 'Open', Required: true }),
  field('MultiChoice', 'Tags', { Choices: { results: ['Red', 'Green'] } }),
  field('DateTime', 'Due', { DisplayFormat: 0 }),
  field('Lookup', 'Customer', { LookupList: '{AAAAAAAA-0000-0000-0000-000000000000}', LookupField: 'Company' }),
  field('User', 'Owner'),
  field('TaxonomyFieldType', 'Region', { TermSetId: 'bbbbbbbb-0000-0000-0000-000000000000' }),
  field('TaxonomyFieldTypeMulti', 'Topics', { TextField: 'cccccccc-0000-0000-0000-000000000000' }),
  field('Note', 'TopicsNote', { Id: 'cccccccc-0000-0000-0000-000000000000', Hidden: true, EntityPropertyName: 'n1' }),
  field('LookupMulti', 'TaxCatchAll', { Hidden: true }),
  field('URL', 'Site'),
  field('Thumbnail', 'Photo'),
  field('Location', 'Office'),
  field('Boolean', 'Urgent', { DefaultValue: '0' }),
  field('Guid', 'Key'),
  field('Calculated', 'Double', { OutputType: 9, ReadOnlyField: true }),
  field('Text', 'Order_x0020_No', { MaxLength: 20, EnforceUniqueValues: true, Description: 'As printed.' }),
  field('BusinessData', 'External'),
];

export const contractFields = [
  ...system,
  field('File', 'FileLeafRef', base),
  field('Lookup', 'FileRef', { ...base, ReadOnlyField: true }),
  field('Lookup', 'FileDirRef', { ...base, ReadOnlyField: true }),
  field('Number', 'Value'),
];

const list = (Id: string, Title: string, more: Readonly<Record<string, unknown>>) => ({
  Id,
  Title,
  BaseType: 0,
  Hidden: false,
  IsCatalog: false,
  EnableAttachments: true,
  ContentTypesEnabled: false,
  EnableModeration: false,
  EnableVersioning: true,
  RootFolder: { ServerRelativeUrl: `/sites/test/Lists/${Title}` },
  ...more,
});

/** What the site tells of itself; undefined for a request about something else. */
export function describeOrders({ path }: Asked): Told | undefined {
  const value = (items: unknown): Told => ({ body: { value: items } });
  if (path === '_api/$batch') return {};
  if (path.startsWith('_api/web?')) return { body: { Title: 'Sales', Url: 'http://localhost/sites/test' } };
  if (path.endsWith('/TimeZone')) return { body: { Id: 4, Information: { Bias: -60 } } };
  if (path.startsWith('_api/web/lists?'))
    return value([
      list(ordersId, 'Orders', { ContentTypesEnabled: true }),
      list(contractsId, 'Contracts', { BaseType: 1, RootFolder: { ServerRelativeUrl: '/sites/test/Contracts' } }),
      list('77777777-2222-3333-4444-555555555555', 'Secret', {}),
      list('66666666-2222-3333-4444-555555555555', 'Hidden', { Hidden: true }),
    ]);
  if (path.includes("guid'7777"))
    return { status: 403, body: { 'odata.error': { code: '-2147024891, System.UnauthorizedAccessException' } } };
  if (path.endsWith('/fields')) return value(path.includes(ordersId) ? orderFields : contractFields);
  if (path.includes('/contenttypes')) {
    const named = (...names: string[]) =>
      names.map((InternalName) => ({ InternalName, Required: InternalName === 'Total' }));
    return value([
      { StringId: '0x0100AA', Name: 'Item', Fields: named('Title', 'Status', 'Total') },
      { StringId: '0x0100BB', Name: 'Rush order', Fields: named('Title', 'Urgent') },
      { StringId: '0x0120CC', Name: 'Folder', Fields: [] },
    ]);
  }
  if (path.includes('/views')) return value([{ Title: 'Open', ViewQuery: '<Where/>', Hidden: false }]);
  return undefined;
}
