import type { SPFI } from '@pnp/sp';
import { expect } from 'chai';
import fc from 'fast-check';
import { type SharePointSite, startSharePointSite } from '../../../samples/sharepoint/index.js';
import { faultOf } from './fault-of.js';
import { pnp } from './pnp-client.js';

const ref = (name: string, type: string, value: string, more = ''): string =>
  `<FieldRef Name="${name}"${more}/><Value Type="${type}">${value}</Value>`;

describe('samples/sharepoint: CAML, search, recycle bin and versions, by PnPjs', () => {
  let site: SharePointSite;
  let sp: SPFI;
  beforeEach(async () => {
    site = await startSharePointSite();
    sp = pnp(site.siteUrl);
  });
  afterEach(() => site.close());

  const orders = () => sp.web.lists.getByTitle('Orders');
  const found = async (where: string, rest = ''): Promise<number[]> => {
    const ViewXml = `<View><Query>${where === '' ? '' : `<Where>${where}</Where>`}${rest}</Query></View>`;
    return (await orders().getItemsByCAMLQuery({ ViewXml })).map(({ Id }: { Id: number }) => Id);
  };

  it('reads every CAML comparison', async () => {
    expect(await found(`<Eq>${ref('Status', 'Choice', 'New')}</Eq>`)).to.deep.equal([1, 5, 9]);
    expect(await found(`<Neq>${ref('Urgent', 'Boolean', '1')}</Neq>`)).to.deep.equal([2, 3, 5, 6, 8, 9, 11, 12]);
    expect(
      await found(
        `<And><Geq>${ref('Amount', 'Currency', '200')}</Geq><Lt>${ref('Amount', 'Currency', '225')}</Lt></And>`,
      ),
    ).to.deep.equal([9, 10, 11]);
    expect(
      await found(`<Or><Gt>${ref('ID', 'Counter', '11')}</Gt><Leq>${ref('ID', 'Counter', '1')}</Leq></Or>`),
    ).to.deep.equal([1, 12]);
    expect(await found(`<BeginsWith>${ref('OrderNumber', 'Text', 'so-101')}</BeginsWith>`)).to.deep.equal([10, 11, 12]);
    expect(await found(`<Contains>${ref('Title', 'Text', 'ER 1')}</Contains>`)).to.deep.equal([1, 10, 11, 12]);
    expect(await found('<IsNull><FieldRef Name="Website"/></IsNull>')).to.have.length(12);
    expect(await found('<IsNotNull><FieldRef Name="Website"/></IsNotNull>')).to.deep.equal([]);
    expect(
      await found(
        '<In><FieldRef Name="Status"/><Values><Value Type="Choice">New</Value><Value Type="Choice">Closed</Value></Values></In>',
      ),
    ).to.deep.equal([1, 4, 5, 8, 9, 12]);
    expect(await found(`<Eq>${ref('Customer', 'Lookup', 'Contoso')}</Eq>`)).to.deep.equal([1, 6, 11]);
    expect(await found(`<Eq>${ref('Customer', 'Integer', '2', ' LookupId="TRUE"')}</Eq>`)).to.deep.equal([2, 7, 12]);
    expect(await found(`<Eq>${ref('Channels', 'MultiChoice', 'Partner')}</Eq>`)).to.deep.equal([2, 4, 6, 8, 10, 12]);
    expect(await found(`<Eq>${ref('OrderedAt', 'DateTime', '2026-11-03')}</Eq>`)).to.deep.equal([3]);
    expect(
      await found('<Eq><FieldRef Name="SalesPerson" LookupId="TRUE"/><Value Type="Integer"><UserID/></Value></Eq>'),
    ).to.deep.equal([1, 3, 5, 7, 9, 11]);
  });

  it('sorts, and refuses what it cannot read', async () => {
    expect(
      await found('', '<OrderBy><FieldRef Name="Status"/><FieldRef Name="ID" Ascending="FALSE"/></OrderBy>'),
    ).to.deep.equal([12, 8, 4, 10, 6, 2, 9, 5, 1, 11, 7, 3]);
    const refused = (ViewXml: string) => faultOf(orders().getItemsByCAMLQuery({ ViewXml }));
    expect(await refused('<View><Query><Where><Eq/></Where></Query></View>')).to.include({ status: 400 });
    expect(await refused('<View>')).to.include({ status: 400 });
    expect(await refused(`<View><Query><Where><Eq>${ref('No', 'Text', '')}</Eq></Where></Query></View>`)).to.include({
      status: 400,
    });
    const deep = '<And>'.repeat(5_000) + '</And>'.repeat(5_000);
    expect(await refused(`<View><Query><Where>${deep}</Where></Query></View>`)).to.include({ status: 400 });
  });

  it('gives list data as a stream of rows, page by page', async () => {
    const ViewXml =
      '<View><ViewFields><FieldRef Name="Title"/><FieldRef Name="Amount"/><FieldRef Name="Customer"/><FieldRef Name="SalesPerson"/></ViewFields><RowLimit Paged="TRUE">5</RowLimit></View>';
    const rows: Record<string, unknown>[] = [];
    let paging: string | undefined;
    do {
      const data: { Row: Record<string, unknown>[]; NextHref?: string } = await orders().renderListDataAsStream({
        ViewXml,
        ...(paging !== undefined && { Paging: paging.slice(1) }),
      });
      rows.push(...data.Row);
      paging = data.NextHref;
    } while (paging !== undefined);
    expect(rows.map(({ ID }) => ID)).to.deep.equal(Array.from({ length: 12 }, (_, index) => String(index + 1)));
    expect(rows[0]).to.deep.include({
      'Amount.': '120.5',
      Amount: '$120.50',
      Customer: [{ lookupId: 1, lookupValue: 'Contoso', isSecretFieldValue: false }],
    });
  });

  it('pages any filter and order to the same items as one page would have', async () => {
    const filter = fc.constantFrom(
      "Status eq 'New'",
      'Amount gt 150',
      "startswith(Title,'Order 1')",
      'Urgent eq 1',
      'Id gt 3',
    );
    const sorting = fc.constantFrom('Id', 'Amount', 'Status', 'Customer/Title', 'Due');
    await fc.assert(
      fc.asyncProperty(
        filter,
        sorting,
        fc.boolean(),
        fc.integer({ min: 1, max: 7 }),
        async (where, by, ascending, size) => {
          const query = () => orders().items.select('Id').filter(where).orderBy(by, ascending);
          const whole = (await query().top(100)()).map(({ Id }) => Id);
          const paged: number[] = [];
          for await (const page of query().top(size)) paged.push(...page.map(({ Id }: { Id: number }) => Id));
          expect(paged).to.deep.equal(whole);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('finds items and files by words and properties', async () => {
    await sp.web
      .getFolderByServerRelativePath('/sites/sales/Contracts')
      .files.addUsingPath('Contoso contract.docx', 'x');
    const results = await sp.search({
      Querytext: 'contoso filetype:docx',
      RowLimit: 5,
      SelectProperties: ['Title', 'Path'],
    });
    expect([results.RowCount, results.TotalRows]).to.deep.equal([1, 1]);
    expect(results.PrimarySearchResults[0]?.Path).to.match(/Contracts\/Contoso contract\.docx$/);
    expect((await sp.search('SO-1003')).TotalRows).to.equal(1);
    expect((await sp.search({ Querytext: 'order', RowLimit: 4, StartRow: 10 })).RowCount).to.be.within(1, 4);
  });

  it('restores what was recycled, and forgets what is deleted for good', async () => {
    const id = await orders().items.getById(2).recycle();
    expect(await faultOf(orders().items.getById(2)())).to.include({ status: 404 });
    expect(await sp.web.recycleBin.getById(id)()).to.include({ Title: 'Order 2', DeletedByName: 'Ada Lovelace' });
    await sp.web.recycleBin.getById(id).restore();
    expect((await orders().items.getById(2)()).OrderNumber).to.equal('SO-1002');
    expect(await sp.web.recycleBin()).to.deep.equal([]);
    await orders().recycle();
    expect(await faultOf(orders()())).to.include({ status: 404 });
    await sp.web.recycleBin.restoreAll();
    expect(await orders()()).to.include({ ItemCount: 12 });
    await orders().items.getById(3).recycle();
    await sp.web.recycleBin.deleteAll();
    expect(await sp.web.recycleBin()).to.deep.equal([]);
  });

  it('keeps the versions of an item', async () => {
    const item = orders().items.getById(1);
    await item.update({ Status: 'Confirmed' });
    await item.update({ Status: 'Closed' });
    const versions = await item.versions();
    expect(
      versions.map(({ VersionLabel, Status }: { VersionLabel: string; Status: string }) => [VersionLabel, Status]),
    ).to.deep.equal([
      ['3.0', 'Closed'],
      ['2.0', 'Confirmed'],
      ['1.0', 'New'],
    ]);
  });

  it('attaches files to items, and takes comments', async () => {
    const item = orders().items.getById(1);
    await item.attachmentFiles.add("it's 50%.txt", 'attached');
    expect((await item.attachmentFiles()).map(({ FileName }) => FileName)).to.deep.equal(["it's 50%.txt"]);
    expect(await item.attachmentFiles.getByName("it's 50%.txt").getText()).to.equal('attached');
    expect((await item()).Attachments).to.equal(true);
    await item.attachmentFiles.getByName("it's 50%.txt").delete();
    expect((await item()).Attachments).to.equal(false);
    const comment = await item.comments.add('Call them first.');
    await item.comments.getById(Number(comment.id)).replies.add('Done.');
    await item.comments.getById(Number(comment.id)).like();
    expect(await item.comments.getById(Number(comment.id))()).to.include({
      text: 'Call them first.',
      likeCount: 1,
      replyCount: 1,
    });
    await item.comments.getById(Number(comment.id)).delete();
    expect(await item.comments()).to.deep.equal([]);
  });
});
