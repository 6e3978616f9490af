import { expect } from 'chai';
import type { ListResult, SingleResult } from '../../../brokers/broker.js';
import { translate } from '../../../brokers/sharepoint/columns/filter.js';
import { clientOf, failure } from './calling.js';
import { describeOrders, ordersId } from './orders-site.js';
import { type Asked, refusal, type SmallSite, startSmallSite, type Told } from './small-site.js';

const items = `_api/web/lists(guid'${ordersId}')/items`;
const order = {
  'odata.etag': '"guid,3"',
  Id: 7,
  ID: 7,
  Title: 'First',
  ContentTypeId: '0x0100AA',
  Modified: '2024-03-05T10:00:00Z',
  Editor: { Id: 3, Title: 'Ann', EMail: 'ann@example.com', Name: 'i:0#.f|membership|ann@example.com' },
  Details: '<p>x</p>',
  Total: 12.5,
  Status: 'Open',
  Tags: ['Red'],
  Due: '2024-03-05T23:00:00Z',
  Customer: { Id: 4, Company: 'Contoso' },
  Owner: null,
  Region: { Label: '5', TermGuid: 'dddddddd-0000-0000-0000-000000000000', WssId: 5 },
  Topics: [{ Label: 'Law', TermGuid: 'eeeeeeee-0000-0000-0000-000000000000', WssId: 6 }],
  TaxCatchAll: [{ ID: 5, Term: 'Europe' }],
  Site: { Url: 'https://example.com/', Description: 'Example' },
  Photo: '{"type":"thumbnail","fileName":"a.png","serverRelativeUrl":"/a.png"}',
  Office: '{"DisplayName":"HQ","Address":{"City":"Berlin"},"Coordinates":{"Latitude":52.5,"Longitude":13.4}}',
  Urgent: false,
  Key: 'ffffffff-0000-0000-0000-000000000000',
  Double: '25.0000000000000',
  Order_x0020_No: 'A1',
  Attachments: false,
};

describe('items of a SharePoint list', () => {
  let site: SmallSite;
  let client: Awaited<ReturnType<typeof clientOf>>;
  let answer: (asked: Asked) => Told | 'hang-up' = () => ({ status: 404 });
  before(async () => {
    site = await startSmallSite((asked) => describeOrders(asked) ?? answer(asked));
    client = await clientOf(site.url);
  });
  after(() => site.close());

  const last = () => site.asked.at(-1) as Asked;
  const bodyOf = (asked: Asked) => JSON.parse(asked.body.toString()) as Record<string, unknown>;

  it('are read with every type of column', async () => {
    answer = () => ({ body: order });
    const { value } = (await client.run('Orders.Read', { ID: 7 })) as SingleResult;
    expect(value).to.deep.equal({
      ID: 7,
      ETag: '"guid,3"',
      Title: 'First',
      ContentTypeId: '0x0100AA',
      Modified: '2024-03-05T10:00:00Z',
      ModifiedBy: { id: 3, name: 'Ann', email: 'ann@example.com', loginName: 'i:0#.f|membership|ann@example.com' },
      Details: '<p>x</p>',
      Total: 12.5,
      Status: 'Open',
      Tags: ['Red'],
      // Midnight in Berlin, where the site is.
      Due: '2024-03-06',
      Customer: { id: 4, value: 'Contoso' },
      Owner: null,
      Region: { id: 'dddddddd-0000-0000-0000-000000000000', label: 'Europe' },
      Topics: [{ id: 'eeeeeeee-0000-0000-0000-000000000000', label: 'Law' }],
      Site: { url: 'https://example.com/', description: 'Example' },
      Photo: { fileName: 'a.png', serverUrl: null, serverRelativeUrl: '/a.png', id: null },
      Office: {
        displayName: 'HQ',
        street: null,
        city: 'Berlin',
        state: null,
        postalCode: null,
        country: null,
        latitude: 52.5,
        longitude: 13.4,
      },
      Urgent: false,
      Key: 'ffffffff-0000-0000-0000-000000000000',
      Double: 25,
      OrderNo: 'A1',
      Attachments: false,
    });
  });

  it('are written with every type of column', async () => {
    answer = ({ path }) =>
      path === '_api/web/ensureuser' ? { body: { Id: 9 } } : { status: 201, body: { Id: 8, 'odata.etag': '"g,1"' } };
    const { value } = (await client.run('Orders.Create', {
      Title: 'New',
      Total: 3,
      Status: 'Paid',
      Tags: ['Green'],
      Due: '2024-07-01',
      Customer: { id: 4 },
      Owner: { email: 'ann@example.com' },
      Region: { id: 'dddddddd-0000-0000-0000-000000000000', label: 'Europe' },
      Topics: [{ id: 'eeeeeeee-0000-0000-0000-000000000000', label: 'Law' }],
      Site: { url: 'https://example.com/' },
      Office: { displayName: 'HQ', latitude: 1, longitude: 2 },
      Urgent: true,
    })) as SingleResult;
    expect(value).to.deep.equal({ ID: 8, ETag: '"g,1"' });
    expect(bodyOf(last())).to.deep.equal({
      Title: 'New',
      Total: 3,
      Status: 'Paid',
      Tags: ['Green'],
      // Midnight in Berlin in summer.
      Due: '2024-06-30T22:00:00Z',
      CustomerId: 4,
      OwnerId: 9,
      Region: { Label: 'Europe', TermGuid: 'dddddddd-0000-0000-0000-000000000000', WssId: -1 },
      n1: '-1;#Law|eeeeeeee-0000-0000-0000-000000000000',
      Site: { Url: 'https://example.com/', Description: 'https://example.com/' },
      Office: '{"DisplayName":"HQ","Address":{},"Coordinates":{"Latitude":1,"Longitude":2}}',
      Urgent: true,
    });
  });

  it('are filtered, sorted and cut by SharePoint', async () => {
    answer = () => ({
      body: { value: [order], 'odata.nextLink': `${site.url}/${items}?%24skiptoken=Paged%3dTRUE%26p_ID%3d7&x=1` },
    });
    const { items: found, next } = (await client.run('Orders.List', {
      Status: "It's",
      Due: '2024-03-06',
      $filter: "Customer/value eq 'Status' and OrderNo ne null or startswith(Title,'x')",
      $orderby: 'Modified desc',
      $select: ['Title', 'Total'],
    })) as ListResult;
    const query = new URLSearchParams(last().path.replace(/^[^?]*/, ''));
    expect(query.get('$filter')).to.equal(
      "(Status eq 'It''s') and ((Due ge datetime'2024-03-05T23:00:00Z' and Due lt datetime'2024-03-06T23:00:00Z')) and (Customer/Company eq 'Status' and Order_x0020_No ne null or startswith(Title,'x'))",
    );
    expect(query.get('$orderby')).to.equal('Modified desc');
    expect(query.get('$select')?.split(',')).to.have.members([
      'Id',
      'Title',
      'ID',
      'Total',
      'Customer/Id',
      'Customer/Company',
    ]);
    expect(query.get('$expand')).to.equal('Customer');
    expect(found).to.have.length(1);
    expect(found[0]).to.deep.include({ Title: 'First', Total: 12.5, Customer: null, Tags: [] });
    answer = () => ({ body: { value: [] } });
    await client.run('Orders.List', { $next: next });
    expect(last().path).to.contain('$skiptoken=Paged=TRUE&p_ID=7');
  });

  it('are found beyond the list view threshold by windows of their IDs', async () => {
    answer = ({ path }) => {
      const query = new URLSearchParams(path.replace(/^[^?]*/, ''));
      if (query.get('$orderby') === 'ID desc') return { body: { value: [{ Id: 12_000 }] } };
      const window = /ID gt (\d+) and ID le (\d+) and \(Status eq 'Open'\)/.exec(query.get('$filter') ?? '');
      if (window === null)
        return refusal(
          500,
          '-2147024860, Microsoft.SharePoint.SPQueryThrottledException',
          'The attempted operation is prohibited because it exceeds the list view threshold.',
        );
      return { body: { value: Number(window[2]) >= 12_000 ? [{ ...order, Id: 11_999, ID: 11_999 }] : [] } };
    };
    const { items: found, next } = (await client.run('Orders.List', { Status: 'Open' })) as ListResult;
    expect(found.map((item) => (item as { ID: number }).ID)).to.deep.equal([11_999]);
    expect(next).to.equal(undefined);
    const sorted = await failure(client.run('Orders.List', { Status: 'Open', $orderby: 'Total' }));
    expect(sorted.extensions.sharepoint).to.deep.include({ reason: 'too-many-items', list: 'Orders' });
  });

  it('are changed only if nobody else was faster', async () => {
    answer = ({ headers }) =>
      headers['if-match'] === '"g,1"'
        ? refusal(412, '-2130575339, Microsoft.SharePoint.SPException', 'The version does not match.')
        : { status: 204, headers: { etag: '"g,3"' } };
    const stale = await failure(client.run('Orders.Update', { ID: 7, ETag: '"g,1"', Total: 1 }));
    expect([stale.code, stale.message.includes('list "Orders", item 7')]).to.deep.equal(['CONFLICT', true]);
    const { value } = (await client.run('Orders.Update', { ID: 7, ETag: '"g,2"', Total: null })) as SingleResult;
    expect(value).to.deep.equal({ ID: 7, ETag: '"g,3"' });
    expect([last().headers['x-http-method'], bodyOf(last())]).to.deep.equal(['MERGE', { Total: null }]);
  });

  it('name the column whose value is refused', async () => {
    answer = () =>
      refusal(400, '-1, Microsoft.SharePoint.SPFieldValidationException', "The value of 'Something' is not valid.");
    const error = await failure(client.run('Orders.Create', { Title: 'x', OrderNo: '?' }));
    expect(error.code).to.equal('UPSTREAM_REFUSED');
    answer = () =>
      refusal(
        400,
        '-1, Microsoft.SharePoint.SPFieldValidationException',
        "The value of 'Order_x0020_No' is not valid.",
      );
    const named = await failure(client.run('Orders.Create', { Title: 'x', OrderNo: '?' }));
    expect([named.code, named.fields]).to.deep.equal([
      'INPUT_INVALID',
      [{ pointer: '/OrderNo', message: 'is not accepted by the column' }],
    ]);
    expect(named.message).to.contain('list "Orders", column "Order No"');
  });

  it('are written many at a time, and each has its result', async () => {
    answer = ({ body }) => {
      const { Title } = JSON.parse(body.toString()) as { Title: string };
      return Title === 'bad'
        ? refusal(400, '-2130575155, SPFieldValueException', "'Total' is not a valid number")
        : { status: 201, body: { Id: Number(Title) } };
    };
    const many = Array.from({ length: 250 }, (_, index) => ({ Title: index === 120 ? 'bad' : String(index + 1) }));
    const before = site.asked.length;
    const { value } = (await client.run('Orders.CreateMany', { items: many })) as SingleResult;
    const results = value as { readonly ID: number; readonly ok: boolean; readonly column: string | null }[];
    expect(site.asked.slice(before).filter(({ batched }) => !batched)).to.have.length(3);
    expect(results.map(({ ID }) => ID)).to.deep.equal(
      many.map(({ Title }, index) => (Title === 'bad' ? null : index + 1)),
    );
    expect(results[120]).to.deep.include({ ok: false, status: 400, column: 'Total' });
  });

  it('ask once for a person who is named many times', async () => {
    answer = ({ path }) => (path === '_api/web/ensureuser' ? { body: { Id: 7 } } : { status: 201, body: { Id: 1 } });
    const before = site.asked.length;
    const items = Array.from({ length: 30 }, (_, n) => ({
      Title: 'x',
      Owner: { email: n < 20 ? 'a@x.org' : 'b@x.org' },
    }));
    await client.run('Orders.CreateMany', { items });
    expect(site.asked.slice(before).filter(({ path }) => path === '_api/web/ensureuser')).to.have.length(2);
  });

  it('are all given, however many a window has', async () => {
    const many = Array.from({ length: 150_000 }, (_, n) => ({ Id: n + 1 }));
    answer = ({ path }) => {
      if (path.includes('ID desc')) return { body: { value: [{ Id: many.length }] } };
      return path.includes('ID gt')
        ? { body: { value: many } }
        : refusal(500, '-2147024860, SPQueryThrottledException', '');
    };
    const { items } = (await client.run('Orders.List', { $filter: 'Total gt 1' })) as ListResult;
    expect(items).to.have.length(many.length);
  });

  it('are filtered by an expression of any length in time', () => {
    const columns = [{ name: 'aa', title: 'A', entity: 'A', kind: 'number' }] as const;
    expect(translate(`${'a'.repeat(200_000)}(aa)`, columns, '$filter').expression).to.match(/a\(A\)$/);
    expect(translate("aa eq 1 and aa('x') and aa'x' and aa (1)", columns, '$filter').expression).to.equal(
      "A eq 1 and aa('x') and aa'x' and aa (1)",
    );
  }).timeout(2_000);

  it('say of many writes which were done when the site is too busy for the others', async () => {
    const busy = await startSmallSite((asked) => {
      if (!asked.path.includes('/items(')) return describeOrders(asked) ?? {};
      return asked.path.endsWith('(2)') ? { status: 429, headers: { 'retry-after': '60' } } : { status: 204 };
    });
    try {
      const { run } = await clientOf(busy.url);
      const items = [1, 2, 3].map((ID) => ({ ID, Title: 'x' }));
      const { value } = (await run('Orders.UpdateMany', { items })) as SingleResult;
      const states = (value as { ID: number; ok: boolean }[]).map(({ ID, ok }) => `${ID} ${ok}`);
      expect(states).to.deep.equal(['1 true', '2 false', '3 true']);
    } finally {
      await busy.close();
    }
  });

  it('say of many writes that none was sent behind one that cannot be', async () => {
    answer = ({ body }) => ({
      status: 201,
      body: { Id: Number((JSON.parse(body.toString()) as { Title: string }).Title) },
    });
    const items = Array.from({ length: 150 }, (_, index) => ({
      Title: String(index + 1),
      ...(index === 120 && { Owner: { name: 'nobody' } }),
    }));
    const before = site.asked.length;
    const { value } = (await client.run('Orders.CreateMany', { items })) as SingleResult;
    const results = value as { ok: boolean; error: string | null }[];
    expect(results.filter(({ ok }) => ok)).to.have.length(100);
    expect(results[110]?.error).to.match(/^Not sent/);
    expect(site.asked.slice(before).filter(({ batched }) => batched)).to.have.length(100);
  });

  it('say of many writes what nobody knows when the site fails half-way', async () => {
    let batches = 0;
    answer = ({ body }) => ({
      status: 201,
      body: { Id: Number((JSON.parse(body.toString()) as { Title: string }).Title) },
    });
    const broken = await startSmallSite((asked) => {
      if (asked.path === '_api/$batch' && asked.body.includes('POST ') && ++batches === 2)
        return { status: 500, body: {} };
      return describeOrders(asked) ?? answer(asked);
    });
    try {
      const { run } = await clientOf(broken.url);
      const many = Array.from({ length: 250 }, (_, index) => ({ Title: String(index + 1) }));
      const { value } = (await run('Orders.CreateMany', { items: many })) as SingleResult;
      const states = (value as { ok: boolean; error: string | null }[]).map(({ ok, error }) =>
        ok ? 'ok' : error?.split(/[ :]/)[0],
      );
      expect([states[99], states[100], states[199], states[200], states.length]).to.deep.equal([
        'ok',
        'Nobody',
        'Nobody',
        'Not',
        250,
      ]);
    } finally {
      await broken.close();
    }
  });
});
