import { expect } from 'chai';
import type { SingleResult } from '../../../brokers/broker.js';
import { createUpstream, credentials } from '../../../brokers/http/index.js';
import { busyUntil, slowDown } from '../../../brokers/sharepoint/site/throttle.js';
import { type SharePointSite, startSharePointSite } from '../../../samples/sharepoint/index.js';
import { clientOf, contextFor, failure } from './calling.js';
import { contractsId, describeOrders } from './orders-site.js';
import { type Asked, refusal, type SmallSite, startSmallSite, type Told } from './small-site.js';

const MiB = 1024 * 1024;

describe('a SharePoint site that refuses or fails', () => {
  let site: SmallSite;
  let client: Awaited<ReturnType<typeof clientOf>>;
  let answer: (asked: Asked) => Told | 'hang-up' = () => ({ status: 404 });
  beforeEach(async () => {
    site = await startSmallSite((asked) => describeOrders(asked) ?? answer(asked));
    client = await clientOf(site.url);
  });
  afterEach(() => site.close());

  it('is left alone by all calls for as long as it asks', async () => {
    const times: number[] = [];
    let refused = 0;
    answer = () => {
      times.push(Date.now());
      return refused++ === 0 ? { status: 429, headers: { 'retry-after': '1' } } : { body: { Id: 1, ID: 1 } };
    };
    const first = client.run('Orders.Read', { ID: 1 });
    while (times.length === 0) await new Promise((soon) => setTimeout(soon, 5));
    await new Promise((soon) => setTimeout(soon, 50));
    await Promise.all([first, client.run('Orders.Update', { ID: 1, Total: 2 })]);
    expect(times).to.have.length(3);
    expect(Math.min(...times.slice(1)) - (times[0] ?? 0)).to.be.at.least(950);
  });

  it('that wants to be left alone beyond the deadline is not asked at all', async () => {
    answer = () => ({ status: 503, headers: { 'retry-after': '60' } });
    const before = site.asked.length;
    const first = await failure(client.run('Orders.Read', { ID: 1 }));
    const second = await failure(client.run('Orders.Create', { Title: 'x' }));
    expect(site.asked.length - before).to.equal(1);
    for (const { code, extensions } of [first, second]) {
      expect(code).to.equal('UPSTREAM_REFUSED');
      expect(extensions.upstream).to.deep.include({ status: 503 });
    }
  });

  it('is asked again after ten minutes, however long it wants to be left alone', () => {
    slowDown('http://127.0.0.1/sites/long', 429, 999_999_999_000);
    const wait = (busyUntil('http://127.0.0.1/sites/long')?.until ?? 0) - Date.now();
    expect(wait).to.be.within(590_000, 600_000);
  });

  it('is searched within its bounds, whatever words are joined', async () => {
    answer = () => ({ body: {} });
    await client.run('Site.Search', { query: 'budget OR forecast' });
    const { request } = JSON.parse(String(site.asked.at(-1)?.body)) as { request: { Querytext: string } };
    expect(request.Querytext).to.equal(`(budget OR forecast) path:"${site.url}"`);
  });

  it('is waited for no longer than the caller does', async () => {
    answer = () => ({ status: 429, headers: { 'retry-after': '4' } });
    const abort = new AbortController();
    const calling = client.run('Orders.Read', { ID: 1 }, contextFor({ signal: abort.signal }));
    setTimeout(() => abort.abort(), 100);
    expect((await failure(calling)).code).to.equal('CANCELLED');
  });

  it('gets a form digest where it wants one, kept for the next write', async () => {
    let digests = 0;
    answer = ({ path, headers }) => {
      if (path === '_api/contextinfo')
        return { body: { FormDigestValue: `digest-${++digests}`, FormDigestTimeoutSeconds: 1_800 } };
      if (headers['x-requestdigest'] !== `digest-${digests}`)
        return refusal(
          403,
          '-2130575251, Microsoft.SharePoint.SPException',
          'The security validation for this page is invalid.',
        );
      return { status: 204 };
    };
    await client.run('Orders.Update', { ID: 1, Total: 1 });
    await client.run('Orders.Update', { ID: 1, Total: 2 });
    expect(digests).to.equal(1);
    digests = 2;
    await client.run('Orders.Update', { ID: 1, Total: 3 });
    expect(digests).to.equal(3);
  });

  it('reports what is locked, missing, full and gone by a reason', async () => {
    const cases: readonly [Told, string][] = [
      [
        refusal(423, '-2147018894, Microsoft.SharePoint.SPFileLockException', 'The file is locked for exclusive use.'),
        'locked',
      ],
      [refusal(404, '-2130575338, System.ArgumentException', 'Item does not exist.'), 'missing'],
      [refusal(404, '-1, System.ArgumentException', "List 'Orders' does not exist at site."), 'list-missing'],
      [
        refusal(
          400,
          '-1, Microsoft.SharePoint.Client.InvalidClientQueryException',
          "The property 'Total' does not exist.",
        ),
        'invalid-column',
      ],
      [refusal(507, '-2147024784, System.IO.IOException', 'There is not enough space on the disk.'), 'quota'],
      [refusal(403, '-2147024891, System.UnauthorizedAccessException', 'Access denied.'), 'access-denied'],
      [refusal(400, '-2130575270, Microsoft.SharePoint.SPException', 'Invalid look-up value.'), 'invalid-value'],
    ];
    for (const [told, reason] of cases) {
      answer = () => told;
      const error = await failure(client.run('Orders.Update', { ID: 5, Total: 1 }));
      expect([error.code, error.extensions.sharepoint], reason).to.deep.include('UPSTREAM_REFUSED');
      expect(error.extensions.sharepoint).to.deep.include({ reason, list: 'Orders', item: 5 });
      expect(error.message).not.to.contain('look-up').and.not.to.contain('Access denied');
    }
  });

  describe('while a large file is uploaded', () => {
    const big = Buffer.alloc(25 * MiB, 'abc').toString('base64');
    const upload = (context = contextFor()) =>
      client.run('Contracts.Upload', { file: { name: 'a.bin', content: big } }, context);
    let size = 0;
    const steps: string[] = [];
    const store = ({ path, method, body }: Asked): Told => {
      const step = /\/(StartUpload|ContinueUpload|FinishUpload|CancelUpload)\(/.exec(path)?.[1];
      if (step !== undefined) {
        steps.push(step);
        const offset = /fileOffset=(\d+)/.exec(path)?.[1];
        if (step !== 'CancelUpload' && offset !== undefined && Number(offset) !== size)
          return refusal(400, '-2147024809, System.ArgumentException', 'The offset is wrong.');
        size += body.length;
        return { body: { value: String(size) } };
      }
      if (method === 'POST' && path.includes('/Files/AddUsingPath')) size = body.length;
      return {
        body: {
          Name: 'a.bin',
          ServerRelativeUrl: '/sites/test/Contracts/a.bin',
          Length: String(size),
          ListItemAllFields: { Id: 4 },
        },
      };
    };
    beforeEach(() => {
      size = 0;
      steps.length = 0;
    });

    it('goes in pieces', async () => {
      answer = store;
      const { value } = (await upload()) as SingleResult;
      expect(value).to.deep.equal({
        ID: 4,
        name: 'a.bin',
        path: '/sites/test/Contracts/a.bin',
        size: 25 * MiB,
        ETag: null,
      });
      expect(steps).to.deep.equal(['StartUpload', 'ContinueUpload', 'FinishUpload']);
    });

    it('sends a piece again whose answer was lost, and counts it once', async () => {
      let lost = 0;
      answer = (asked) => {
        const told = store(asked);
        return asked.path.includes('/ContinueUpload(') && lost++ === 0 ? 'hang-up' : told;
      };
      const { value } = (await upload()) as SingleResult;
      expect(value).to.deep.include({ size: 25 * MiB });
      expect(steps.filter((step) => step === 'ContinueUpload')).to.have.length(2);
    });

    it('is whole when only the answer to its last piece was lost', async () => {
      let lost = 0;
      answer = (asked) => {
        if (asked.path.includes('/FinishUpload(') && lost++ > 0)
          return refusal(404, '-2130575335, Microsoft.SharePoint.SPException', 'The upload session was not found.');
        const told = store(asked);
        return lost === 1 && asked.path.includes('/FinishUpload(') ? 'hang-up' : told;
      };
      const { value } = (await upload()) as SingleResult;
      expect(value).to.deep.include({ size: 25 * MiB });
      expect(site.asked.map(({ headers }) => headers['x-http-method'])).not.to.include('DELETE');
    });

    it('leaves the file that it takes the place of until it is whole', async () => {
      answer = (asked) =>
        asked.path.includes('/FinishUpload(')
          ? refusal(507, '-2147024784, System.IO.IOException', 'not enough space')
          : store(asked);
      const before = site.asked.length;
      const input = { file: { name: 'a.bin', content: big }, overwrite: true };
      const error = await failure(client.run('Contracts.Upload', input));
      expect(error.message).to.contain('it has its former content');
      expect(site.asked.slice(before).filter(({ path }) => path.includes('AddUsingPath'))).to.deep.equal([]);
    });

    it('goes on with another token when the first expires half-way', async () => {
      let token = 1;
      const http = createUpstream({
        allowedHosts: ['127.0.0.0/8'],
        credentials: {
          apply: (request) => {
            request.headers.authorization = `Bearer ${token}`;
          },
          refused: async () => ++token > 0,
        },
      });
      answer = (asked) => {
        const expired = asked.path.includes('/ContinueUpload(') && asked.headers.authorization === 'Bearer 1';
        return expired ? { status: 401, body: {} } : store(asked);
      };
      const { value } = (await upload({ ...contextFor(), http })) as SingleResult;
      expect([token, (value as { size: number }).size]).to.deep.equal([2, 25 * MiB]);
    });

    it('says what is there when a piece is refused for good', async () => {
      answer = (asked) =>
        asked.path.includes('/ContinueUpload(')
          ? refusal(507, '-2147024784, System.IO.IOException', 'not enough space')
          : store(asked);
      const error = await failure(upload());
      expect(error.extensions)
        .to.have.property('written')
        .that.deep.equals({ path: '/sites/test/Contracts/a.bin', bytes: 10 * MiB });
      expect(error.extensions.sharepoint).to.deep.include({ reason: 'quota', list: 'Contracts' });
      expect(error.message).to.contain('broke off after 10485760 bytes; nothing of it is there');
      expect(steps.at(-1)).to.equal('CancelUpload');
      expect(site.asked.at(-1)?.headers['x-http-method']).to.equal('DELETE');
    });
  });

  it('says that a file is stored when its columns are refused', async () => {
    answer = ({ path }) =>
      path.includes(`lists(guid'${contractsId}')/items(4)`)
        ? refusal(400, '-1, Microsoft.SharePoint.SPFieldValidationException', "'Value' is not valid.")
        : {
            body: {
              Name: 'a.txt',
              ServerRelativeUrl: '/sites/test/Contracts/a.txt',
              Length: '1',
              ListItemAllFields: { Id: 4 },
            },
          };
    const error = await failure(client.run('Contracts.Upload', { file: { name: 'a.txt', content: 'YQ==' }, Value: 1 }));
    expect(error.message).to.contain('is stored, and its columns are not');
    expect(error.extensions.written).to.deep.equal({ path: '/sites/test/Contracts/a.txt', ID: 4 });
    expect(error.fields).to.deep.equal([{ pointer: '/Value', message: 'is not accepted by the column' }]);
  });

  it('is asked in a batch where the address would be too long', async () => {
    answer = ({ path, batched }) => (path === '_api/$batch' || batched ? { body: { value: [] } } : { status: 414 });
    const filter = Array.from({ length: 150 }, (_, n) => `Total eq ${n}`).join(' or ');
    await client.run('Orders.List', { $filter: filter });
    expect(site.asked.at(-1)).to.deep.include({ method: 'GET', batched: true });
    answer = ({ path }) =>
      path === '_api/$batch' ? {} : { status: 403, headers: { 'set-cookie': 'FedAuth=secret', date: 'now' } };
    const { extensions } = await failure(client.run('Orders.List', { $filter: filter }));
    expect(extensions.upstream).to.deep.include({ status: 403 });
    expect(Object.keys((extensions.upstream as { headers: object }).headers)).to.have.members(['content-type', 'date']);
  });
});

describe('a SharePoint site with more lookups than one query joins', () => {
  let site: SharePointSite;
  before(async () => {
    site = await startSharePointSite({
      fill: (build) => {
        const target = build.list({ title: 'Target' });
        const id = build.item(target, { Title: 'T' });
        const columns = Array.from({ length: 30 }, (_, n) => ({
          title: `L${n}`,
          type: 'Lookup' as const,
          lookupList: 'Target',
        }));
        const wide = build.list({ title: 'Wide', columns });
        const values = Object.fromEntries(columns.map(({ title }) => [`${title}Id`, id]));
        build.items(wide, 30, (n) => ({ Title: `W${n}`, ...values }));
      },
    });
  });
  after(() => site.close());

  it('is read in several queries whose answers are put together', async () => {
    const context = contextFor({ credentials: credentials.bearer('ada') });
    const { run } = await clientOf(site.siteUrl, {}, context);
    const listed = (await run('Wide.List')) as unknown as { readonly items: readonly Record<string, unknown>[] };
    const { value } = (await run('Wide.Read', { ID: 3 })) as SingleResult;
    expect(listed.items).to.have.length(30);
    for (const item of [...listed.items, value as Record<string, unknown>])
      for (let n = 0; n < 30; n++) expect(item[`L${n}`]).to.deep.equal({ id: 1, value: 'T' });
    expect(listed.items[2]).to.deep.equal(value);
  });
});
