import type { SPFI } from '@pnp/sp';
import { expect } from 'chai';
import { type SharePointSite, startSharePointSite } from '../../../samples/sharepoint/index.js';
import { faultOf } from './fault-of.js';
import { pnp } from './pnp-client.js';

describe('samples/sharepoint: lists and items, by PnPjs', () => {
  let site: SharePointSite;
  let sp: SPFI;
  before(async () => {
    site = await startSharePointSite();
    sp = pnp(site.siteUrl);
  });
  after(() => site.close());

  const orders = () => sp.web.lists.getByTitle('Orders');

  it('finds a list by title, by id and by its path', async () => {
    const { Id, ListItemEntityTypeFullName } = await orders()();
    expect(ListItemEntityTypeFullName).to.equal('SP.Data.OrdersListItem');
    expect((await sp.web.lists.getById(Id)()).Title).to.equal('Orders');
    expect((await sp.web.getList('/sites/sales/Lists/Orders')()).Id).to.equal(Id);
    expect((await orders().rootFolder()).ServerRelativeUrl).to.equal('/sites/sales/Lists/Orders');
  });

  it('says what is not there as SharePoint says it', async () => {
    expect(await faultOf(sp.web.lists.getByTitle('Nothing')())).to.include({
      status: 404,
      code: '-1, System.ArgumentException',
    });
    expect(await faultOf(sp.web.lists.getById('00000000-0000-0000-0000-000000000001')())).to.include({
      status: 404,
      code: '-2130575322, Microsoft.SharePoint.SPException',
    });
    expect(await faultOf(orders().items.getById(999)())).to.include({
      status: 404,
      code: '-2130575338, System.ArgumentException',
    });
    expect(await faultOf(orders().items.select('Nonsense')())).to.include({ status: 400 });
    expect(await faultOf(orders().items.filter("Nonsense eq 'x'")())).to.include({ status: 400 });
  });

  it('creates, reads, changes and deletes an item, and knows its ETag', async () => {
    const made = await orders().items.add({
      Title: 'Made',
      OrderNumber: 'SO-2001',
      CustomerId: 1,
      Amount: 10,
      Quantity: 3,
    });
    expect(made).to.include({ Status: 'New', Total: 30, OData__UIVersionString: '1.0' });
    const { etag } = await orders().items.getById(made.Id).update({ Status: 'Shipped' }, made['odata.etag']);
    expect(etag).to.equal(`"${made.GUID},2"`);
    expect(await faultOf(orders().items.getById(made.Id).update({ Status: 'Closed' }, made['odata.etag']))).to.include({
      status: 412,
      code: '-1, Microsoft.SharePoint.Client.ClientServiceException',
    });
    expect(await orders().items.getById(made.Id)()).to.include({ Status: 'Shipped', OData__UIVersionString: '2.0' });
    await orders().items.getById(made.Id).delete();
    expect(await faultOf(orders().items.getById(made.Id)())).to.include({ status: 404 });
  });

  it('refuses what is no value of its column', async () => {
    const add = (more: object) => faultOf(orders().items.add({ Title: 'Bad', OrderNumber: 'SO-X', ...more }));
    expect(await add({ Nonsense: 1 })).to.include({
      status: 400,
      code: '-1, Microsoft.SharePoint.Client.InvalidClientQueryException',
    });
    expect(await add({ Amount: 'much' })).to.include({
      status: 400,
      code: '-1, Microsoft.SharePoint.Client.InvalidClientQueryException',
    });
    expect(await add({ CustomerId: 4711 })).to.include({
      status: 400,
      code: '-2130575270, Microsoft.SharePoint.SPException',
    });
    expect(await add({ OrderNumber: 'x'.repeat(21) })).to.include({
      status: 400,
      code: '-2130575155, Microsoft.SharePoint.SPException',
    });
    expect(await add({ OrderNumber: 'SO-1001' })).to.include({
      status: 400,
      code: '-2130575169, Microsoft.SharePoint.SPDuplicateValuesFoundException',
    });
  });

  it('filters by every operator, and through look-ups and people', async () => {
    const ids = async (filter: string) => (await orders().items.filter(filter).select('Id')()).map(({ Id }) => Id);
    expect(await ids("Status eq 'New' and Amount gt 130")).to.deep.equal([5, 9]);
    expect(await ids("(OrderNumber eq 'SO-1001' or OrderNumber eq 'SO-1002') and not (Id eq 1)")).to.deep.equal([2]);
    expect(await ids("startswith(OrderNumber,'SO-101')")).to.deep.equal([10, 11, 12]);
    expect(await ids("substringof('er 1',Title)")).to.deep.equal([1, 10, 11, 12]);
    expect(await ids("Customer/Title eq 'O''Brien & Sons'")).to.deep.equal([5, 10]);
    expect(await ids("SalesPerson/EMail eq 'bob@example.org' and CustomerId le 2")).to.deep.equal([2, 6, 12]);
    expect(await ids("Due lt datetime'2026-12-03T00:00:00Z'")).to.deep.equal([1, 2]);
    expect(await ids('Urgent eq 1 and Website eq null')).to.deep.equal([1, 4, 7, 10]);
    expect(await ids('month(OrderedAt) eq 11 and day(OrderedAt) ge 12')).to.deep.equal([12]);
  });

  it('expands look-ups and people, one and many', async () => {
    const [first] = await orders()
      .items.select('Title', 'Customer/Title', 'SalesPerson/Title', 'SalesPerson/EMail', 'Reviewers/Title')
      .expand('Customer', 'SalesPerson', 'Reviewers')
      .top(1)();
    expect(first.Customer.Title).to.equal('Contoso');
    expect(first.SalesPerson).to.include({ Title: 'Ada Lovelace', EMail: 'ada@example.org' });
    expect(first.Reviewers.map(({ Title }: { Title: string }) => Title)).to.deep.equal(['Ada Lovelace', 'Bob Martin']);
    expect(await faultOf(orders().items.select('Customer/Title')())).to.include({ status: 400 });
  });

  it('pages by number and by another column, and never gives an item twice', async () => {
    for (const paged of [orders().items.top(5), orders().items.orderBy('Status').top(5)]) {
      const seen: number[] = [];
      for await (const page of paged) seen.push(...page.map(({ Id }: { Id: number }) => Id));
      expect(seen.toSorted((a, b) => a - b)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    }
  });

  it('describes columns, content types and views', async () => {
    const fields = await orders().fields.filter('Hidden eq false and ReadOnlyField eq false')();
    const byName = new Map(fields.map((field) => [field.InternalName, field]));
    expect(byName.get('Status')).to.deep.include({
      TypeAsString: 'Choice',
      Choices: ['New', 'Confirmed', 'Shipped', 'Closed'],
    });
    expect(byName.get('Customer')).to.include({ TypeAsString: 'Lookup', FieldTypeKind: 7, LookupField: 'Title' });
    expect(byName.get('OrderNumber')).to.include({ EnforceUniqueValues: true, Required: true, MaxLength: 20 });
    expect((await orders().contentTypes()).map(({ Name }) => Name)).to.deep.equal(['Item', 'Folder']);
    expect(await orders().defaultView()).to.include({ Title: 'All Items', DefaultView: true });
  });

  it('answers a batch request by request, each with its own status', async () => {
    const [batched, execute] = sp.batched();
    const list = batched.web.lists.getByTitle('Orders');
    const results = [
      list.items.add({ Title: 'In a batch', OrderNumber: 'SO-3001' }).then(({ Title }) => Title),
      faultOf(list.items.add({ Title: 'Twice', OrderNumber: 'SO-3001' })).then(({ status }) => status),
      batched.web.currentUser().then(({ Title }) => Title),
    ];
    await execute();
    expect(await Promise.all(results)).to.deep.equal(['In a batch', 400, 'Ada Lovelace']);
  });
});
