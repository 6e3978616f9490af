import type { SPFI } from '@pnp/sp';
import { expect } from 'chai';
import { type SharePointSite, startSharePointSite } from '../../../samples/sharepoint/index.js';
import { pnp } from './pnp-client.js';

const TERM = { Label: 'North', TermGuid: '0e1b1f04-2b1f-4b39-a6e2-1a2b3c4d5e6f', WssId: -1 };

describe('samples/sharepoint: columns, by PnPjs', () => {
  let site: SharePointSite;
  let sp: SPFI;
  before(async () => {
    site = await startSharePointSite();
    sp = pnp(site.siteUrl);
  });
  after(() => site.close());

  const orders = () => sp.web.lists.getByTitle('Orders');

  it('gives every kind of value back as it was written', async () => {
    const values = {
      Title: 'Round trip',
      OrderNumber: 'SO-4001',
      CustomerId: 3,
      Amount: 12.34,
      Quantity: 2,
      Status: 'Confirmed',
      Channels: ['Shop', 'Phone'],
      OrderedAt: '2026-02-03T04:05:06Z',
      SalesPersonId: 6,
      ReviewersId: [6, 7],
      RelatedCustomersId: [1, 2],
      Urgent: true,
      Remarks: '<p>Rich &amp; <b>bold</b></p>',
      Website: { Url: 'https://example.org/', Description: 'Example' },
      Photo: '{"fileName":"a.png"}',
      Place: '{"DisplayName":"Oslo"}',
    };
    const { Id } = await orders().items.add({ ...values, Region: TERM });
    const read = await orders().items.getById(Id)();
    expect(read).to.deep.include(values);
    expect(read.Total).to.equal(24.68);
    expect(read.Region).to.include({ TermGuid: TERM.TermGuid });
    expect(read.Region.Label).to.equal(String(read.Region.WssId));
    const [term] = (
      await orders().items.getById(Id).select('TaxCatchAll/Term', 'TaxCatchAll/IDForTerm').expand('TaxCatchAll')()
    ).TaxCatchAll;
    expect(term).to.include({ Term: 'North', IDForTerm: TERM.TermGuid });
  });

  it('takes many terms by the hidden note of their column', async () => {
    const topics = await orders().fields.getByInternalNameOrTitle('Topics').select('TextField')();
    const note = await orders().fields.getById(String((topics as unknown as { TextField: string }).TextField))();
    const { Id } = await orders().items.add({
      Title: 'Terms',
      OrderNumber: 'SO-4002',
      [note.EntityPropertyName ?? note.InternalName]:
        `-1;#North|${TERM.TermGuid};#-1;#South|${TERM.TermGuid.replace('0e', '1e')}`,
    });
    const read = await orders().items.getById(Id)();
    expect(read.Topics.map(({ Label }: { Label: string }) => Label)).to.deep.equal(['North', 'South']);
  });

  it('tells by a form what each column refuses, and then changes nothing', async () => {
    const form = await orders()
      .items.getById(1)
      .validateUpdateListItem([
        { FieldName: 'Title', FieldValue: 'Changed' },
        { FieldName: 'Status', FieldValue: 'Nonsense' },
        { FieldName: 'Quantity', FieldValue: '0' },
        { FieldName: 'Due', FieldValue: 'someday' },
        { FieldName: 'OrderNumber', FieldValue: '' },
      ]);
    expect(form.filter(({ HasException }) => HasException).map(({ FieldName }) => FieldName)).to.deep.equal([
      'Status',
      'Quantity',
      'Due',
      'OrderNumber',
    ]);
    expect(form[1]?.ErrorMessage).to.contain('Nonsense');
    expect((await orders().items.getById(1)()).Title).to.equal('Order 1');
  });

  it('adds items and folders by a form', async () => {
    const made = await orders().addValidateUpdateItemUsingPath(
      [
        { FieldName: 'Title', FieldValue: 'By form' },
        { FieldName: 'OrderNumber', FieldValue: 'SO-4003' },
        { FieldName: 'Customer', FieldValue: '2;#Fabrikam' },
        { FieldName: 'SalesPerson', FieldValue: JSON.stringify([{ Key: 'i:0#.f|membership|bob@example.org' }]) },
        { FieldName: 'Channels', FieldValue: ';#Shop;#Partner;#' },
        { FieldName: 'Urgent', FieldValue: '1' },
        { FieldName: 'Due', FieldValue: '12/31/2026' },
        { FieldName: 'Region', FieldValue: `North|${TERM.TermGuid}` },
      ],
      '/sites/sales/Lists/Orders',
    );
    const id = Number(made.find(({ FieldName }) => FieldName === 'Id')?.FieldValue);
    expect(await orders().items.getById(id)()).to.deep.include({
      Title: 'By form',
      CustomerId: 2,
      SalesPersonId: 7,
      Channels: ['Shop', 'Partner'],
      Urgent: true,
      Due: '2026-12-31T00:00:00Z',
    });
    const refused = await orders().addValidateUpdateItemUsingPath(
      [{ FieldName: 'Title', FieldValue: 'No number' }],
      '/sites/sales/Lists/Orders',
    );
    expect(refused.filter(({ HasException }) => HasException).map(({ FieldName }) => FieldName)).to.deep.equal([
      'OrderNumber',
      'Customer',
    ]);
    const folder = await sp.web.lists
      .getByTitle('Contracts')
      .addValidateUpdateItemUsingPath(
        [{ FieldName: 'FileLeafRef', FieldValue: 'By form' }],
        '/sites/sales/Contracts',
        false,
        '',
        { leafName: 'By form', objectType: 1 },
      );
    expect(folder.some(({ HasException }) => HasException)).to.equal(false);
    expect((await sp.web.getFolderByServerRelativePath('/sites/sales/Contracts/By form')()).Exists).to.equal(true);
  });

  it('makes lists and columns of every kind', async () => {
    const { Id } = await sp.web.lists.add('Made by PnPjs', 'A list', 100);
    const list = sp.web.lists.getById(Id);
    const { Id: target } = await sp.web.lists.getByTitle('Customers')();
    await list.fields.addText('A text', { MaxLength: 40, Required: true });
    await list.fields.addMultilineText('A note');
    await list.fields.addNumber('A number', { MinimumValue: 1, MaximumValue: 9 });
    await list.fields.addCurrency('Money');
    await list.fields.addDateTime('Day');
    await list.fields.addBoolean('Yes or no');
    await list.fields.addChoice('One', { Choices: ['a', 'b'] });
    await list.fields.addMultiChoice('Many', { Choices: ['a', 'b'] });
    await list.fields.addUrl('Link');
    await list.fields.addUser('Person');
    await list.fields.addLookup('Customer', { LookupListId: target, LookupFieldName: 'Title' });
    await list.fields.addCalculated('Twice', { Formula: '=[A number]*2' });
    await list.fields.addImageField('Image');
    await list.fields.addLocation('Place');
    await list.fields.createFieldAsXml('<Field Type="UserMulti" Name="Team" DisplayName="The team" Mult="TRUE"/>');
    const fields = await list.fields
      .filter("Group eq 'Custom Columns' and InternalName ne 'Title'")
      .select('InternalName', 'TypeAsString')();
    expect(fields.map(({ InternalName, TypeAsString }) => `${InternalName} ${TypeAsString}`)).to.deep.equal([
      'A_x0020_text Text',
      'A_x0020_note Note',
      'A_x0020_number Number',
      'Money Currency',
      'Day DateTime',
      'Yes_x0020_or_x0020_no Boolean',
      'One Choice',
      'Many MultiChoice',
      'Link URL',
      'Person User',
      'Customer Lookup',
      'Twice Calculated',
      'Image Thumbnail',
      'Place Location',
      'Team UserMulti',
    ]);
    const made = await list.items.add({ Title: 'x', A_x0020_text: 'y', A_x0020_number: 4, CustomerId: 1, TeamId: [6] });
    expect(made).to.deep.include({ Twice: 8, CustomerId: 1, TeamId: [6] });
    await list.fields.getByInternalNameOrTitle('Money').update({ Title: 'Price', Required: true });
    expect(await list.fields.getByInternalNameOrTitle('Money')()).to.include({ Title: 'Price', Required: true });
    await list.fields.getByInternalNameOrTitle('Money').delete();
    expect((await list.fields()).some(({ InternalName }) => InternalName === 'Money')).to.equal(false);
    await list.views.add('By text', false, { RowLimit: 5, ViewQuery: '<OrderBy><FieldRef Name="Title"/></OrderBy>' });
    await list.views.getByTitle('By text').fields.add('A_x0020_text');
    expect(await list.views.getByTitle('By text').fields()).to.have.deep.property('Items', [
      'LinkTitle',
      'A_x0020_text',
    ]);
    await list.update({ Description: 'Changed' });
    expect((await list()).Description).to.equal('Changed');
    await list.delete();
    expect((await sp.web.lists()).some(({ Title }) => Title === 'Made by PnPjs')).to.equal(false);
  });
});
