import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import {
  type Access,
  type SharePointOptions,
  type SharePointSite,
  startSharePointSite,
} from '../../../samples/sharepoint/index.js';
import { faultOf } from './fault-of.js';
import { pnp } from './pnp-client.js';

const THROTTLED = '-2147024860, Microsoft.SharePoint.SPQueryThrottledException';

describe('samples/sharepoint: what a site refuses', () => {
  let site: SharePointSite;
  const start = async (options: SharePointOptions = {}) => {
    site = await startSharePointSite(options);
    return pnp(site.siteUrl);
  };
  afterEach(() => site.close());

  const long: SharePointOptions = {
    fill: (build) => {
      const list = build.list({
        title: 'Long',
        columns: [
          { title: 'Plain', type: 'Text' },
          { title: 'Indexed', type: 'Text', indexed: true },
        ],
      });
      build.items(list, 6_000, (index) => ({
        Title: `Item ${index + 1}`,
        Plain: String(index % 7),
        Indexed: `k${index % 100}`,
      }));
    },
  };

  it('searches a list above the threshold only by its indexes', async () => {
    const sp = await start(long);
    const list = sp.web.lists.getByTitle('Long');
    expect(await faultOf(list.items.filter("Plain eq '3'")())).to.include({ status: 500, code: THROTTLED });
    expect(await faultOf(list.items.orderBy('Plain')())).to.include({ status: 500, code: THROTTLED });
    expect(await faultOf(list.items.filter("Indexed ge 'k1'")())).to.include({ status: 500, code: THROTTLED });
    expect(await list.items.filter("Indexed eq 'k3' and Plain eq '3'").top(100)()).to.have.length(9);
    expect(await list.items.filter('Id gt 5998')()).to.have.length(2);
    expect(
      await faultOf(
        list.getItemsByCAMLQuery({
          ViewXml:
            '<View><Query><Where><Eq><FieldRef Name="Plain"/><Value Type="Text">3</Value></Eq></Where></Query></View>',
        }),
      ),
    ).to.include({ status: 500, code: THROTTLED });
  }).timeout(20_000);

  it('gives all of a long list by pages of at most 5,000', async () => {
    const items = (await start(long)).web.lists.getByTitle('Long').items.select('Id');
    const sizes: number[] = [];
    for await (const page of items.top(9_000)) sizes.push(page.length);
    expect(sizes).to.deep.equal([5_000, 1_000]);
  }).timeout(20_000);

  it('joins no more than twelve look-ups and people', async () => {
    const sp = await start({
      fill: (build) => {
        const columns = Array.from({ length: 11 }, (_, index) => ({
          title: `L${index}`,
          type: 'Lookup' as const,
          lookupList: 'Targets',
        }));
        build.list({ title: 'Targets' });
        build.item(build.list({ title: 'Wide', columns }), { Title: 'x' });
      },
    });
    const items = sp.web.lists.getByTitle('Wide').items;
    expect(await faultOf(items())).to.include({ status: 500, code: THROTTLED });
    const twelve = [...Array.from({ length: 11 }, (_, index) => `L${index}Id`), 'AuthorId'];
    expect(await items.select('Title', ...twelve)()).to.have.length(1);
    expect(await faultOf(items.select(...twelve, 'EditorId')())).to.include({ status: 500 });
  });

  it('throttles on order, and says how long to wait', async () => {
    const sp = await start();
    site.throttle({ times: 2, status: 503, retryAfterSeconds: 7, match: /lists/i });
    expect((await sp.web()).Title).to.equal('Sales');
    expect(await faultOf(sp.web.lists())).to.include({ status: 503, retryAfter: '7' });
    expect(await faultOf(sp.web.lists())).to.include({ status: 503 });
    expect(await sp.web.lists()).to.have.length(3);
  });

  it('answers 401 without a token, and on premises names its realm', async () => {
    await start();
    const online = await fetch(`${site.siteUrl}/_api/web`);
    expect([online.status, online.headers.get('www-authenticate')]).to.deep.equal([
      401,
      'Bearer error="invalid_token"',
    ]);
    await site.close();
    await start({ onPremises: { realm: '8a96481b-6c65-4e78-b2ef-a446adb79b59' } });
    const farm = await fetch(`${site.siteUrl}/_vti_bin/client.svc`, { headers: { authorization: 'Bearer' } });
    expect(farm.status).to.equal(401);
    expect(farm.headers.get('www-authenticate')).to.contain(
      'Bearer realm="8a96481b-6c65-4e78-b2ef-a446adb79b59",client_id="00000003-0000-0ff1-ce00-000000000000"',
    );
  });

  it('demands a fresh form digest on premises, which PnPjs fetches', async () => {
    let now = Date.parse('2026-11-24T10:00:00Z');
    const access: Access = ({ authorization, cookie }) => {
      const name = /^(?:Bearer |FedAuth=)(\w+)$/.exec(authorization ?? cookie ?? '')?.[1];
      return name === undefined ? undefined : { loginName: `${name}@example.org` };
    };
    await start({ onPremises: { realm: 'r' }, digestLifetime: 60, access, now: () => new Date(now) });
    const post = (path: string, digest?: string) =>
      fetch(`${site.siteUrl}/_api/${path}`, {
        method: 'POST',
        body: '{"Title":"x"}',
        headers: {
          authorization: 'Bearer ada',
          accept: 'application/json;odata=verbose',
          ...(digest !== undefined && { 'x-requestdigest': digest }),
        },
      });
    const items = "web/lists/getByTitle('Customers')/items";
    expect((await post(items)).status).to.equal(403);
    const answer = (await (await post('contextinfo')).json()) as {
      d: { GetContextWebInformation: { FormDigestValue: string; FormDigestTimeoutSeconds: number } };
    };
    const { FormDigestValue, FormDigestTimeoutSeconds } = answer.d.GetContextWebInformation;
    expect(FormDigestTimeoutSeconds).to.equal(60);
    expect((await post(items, FormDigestValue)).status).to.equal(201);
    expect((await post(items, FormDigestValue.replace(/^0x..../, '0x0000'))).status).to.equal(403);
    now += 61_000;
    expect((await post(items, FormDigestValue)).status).to.equal(403);
    const made = await pnp(site.siteUrl, { digest: true })
      .web.lists.getByTitle('Customers')
      .items.add({ Title: 'By PnPjs' });
    expect(made.Title).to.equal('By PnPjs');
  });

  it('answers in the dress that is asked for', async () => {
    await start();
    const get = async (path: string, accept: string) =>
      (await (
        await fetch(`${site.siteUrl}/_api/${path}`, { headers: { authorization: 'Bearer ada', accept } })
      ).json()) as Record<string, never>;
    const item = "web/lists/getByTitle('Orders')/items(1)?$select=Title,Channels,Customer/Title&$expand=Customer";
    const verbose = await get(item, 'application/json;odata=verbose');
    expect(verbose).to.have.nested.property('d.__metadata.type', 'SP.Data.OrdersListItem');
    expect(verbose).to.have.deep.nested.property('d.Channels.results', ['Shop']);
    expect(verbose).to.have.nested.property('d.Customer.__metadata.type', 'SP.Data.CustomersListItem');
    expect(verbose).to.have.nested.property('d.AttachmentFiles.__deferred.uri');
    expect(await get(item, 'application/json;odata=nometadata')).to.deep.equal({
      Title: 'Order 1',
      Channels: ['Shop'],
      Customer: { Title: 'Contoso' },
    });
    expect(await get(item, 'application/json')).to.have.property('odata.type', 'SP.Data.OrdersListItem');
    const page = "web/lists/getByTitle('Orders')/items?$top=5&$select=Id";
    expect((await get(page, 'application/json;odata=verbose')) as object)
      .to.have.nested.property('d.__next')
      .that.contains('skiptoken');
    expect(await get(page, 'application/json;odata=nometadata')).to.have.property('odata.nextLink');
    expect(await get('web/nothing', 'application/json;odata=verbose')).to.have.nested.property(
      'error.code',
      '-1, Microsoft.SharePoint.Client.ResourceNotFoundException',
    );
    expect(await get('web/nothing', 'application/json')).to.have.property('odata.error');
  });

  it('keeps a site in a file of SQLite', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'smartwright-'));
    const database = join(folder, 'site.db');
    const sp = await start({ database });
    await sp.web.lists.getByTitle('Customers').items.add({ Title: 'Kept' });
    await site.close();
    const again = await start({ database });
    expect(
      (await again.web.lists.getByTitle('Customers').items.filter("Title eq 'Kept'")()).map(({ Title }) => Title),
    ).to.deep.equal(['Kept']);
    await rm(folder, { recursive: true });
  });

  it('passes 64 MB through in little memory', async () => {
    const sp = await start();
    await sp.web.getFolderByServerRelativePath('/sites/sales/Contracts').files.addUsingPath('big.bin', '');
    const address = `${site.siteUrl}/_api/web/GetFileByServerRelativePath(decodedUrl='/sites/sales/Contracts/big.bin')/$value`;
    const before = process.memoryUsage().rss;
    let highest = before;
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const body = Readable.toWeb(
      Readable.from(
        (function* () {
          for (let sent = 0; sent < 64; sent += 1) {
            highest = Math.max(highest, process.memoryUsage().rss);
            yield chunk;
          }
        })(),
      ),
    );
    const put = await fetch(address, {
      method: 'PUT',
      body: body as ReadableStream,
      duplex: 'half',
      headers: { authorization: 'Bearer ada' },
    } as RequestInit);
    expect(put.status).to.equal(204);
    let received = 0;
    const got = await fetch(address, { headers: { authorization: 'Bearer ada' } });
    for await (const part of got.body as unknown as AsyncIterable<Uint8Array>) {
      received += part.length;
      highest = Math.max(highest, process.memoryUsage().rss);
    }
    expect(received).to.equal(64 * 1024 * 1024);
    expect(highest - before).to.be.lessThan(48 * 1024 * 1024);
  }).timeout(20_000);
});
