import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { SPFI } from '@pnp/sp';
import { expect } from 'chai';
import { type SharePointSite, startSharePointSite } from '../../../samples/sharepoint/index.js';
import { faultOf } from './fault-of.js';
import { pnp } from './pnp-client.js';

const CONTRACTS = '/sites/sales/Contracts';
const ID = "uploadId=guid'11111111-2222-3333-4444-555555555555'";

describe('samples/sharepoint: requests that break off or meet', () => {
  let site: SharePointSite;
  let sp: SPFI;
  beforeEach(async () => {
    site = await startSharePointSite();
    sp = pnp(site.siteUrl);
    await sp.web.getFolderByServerRelativePath(CONTRACTS).files.addUsingPath('part.bin', 'before');
  });
  afterEach(() => site.close());

  const headers = { authorization: 'Bearer ada', accept: 'application/json;odata=nometadata' };
  const text = () => sp.web.getFileByServerRelativePath(`${CONTRACTS}/part.bin`).getText();
  const address = (step: string) =>
    `${site.siteUrl}/_api/web/GetFileByServerRelativePath(decodedUrl='${CONTRACTS}/part.bin')/${step}`;
  const post = async (step: string, body = '') => {
    const answer = await fetch(address(step), { method: 'POST', body, headers });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  /** Sends a part of a body, and ends the connection. */
  const breakOff = async (url: string, part: string, method = 'POST') => {
    const sent = request(url, { method, headers: { ...headers, 'content-length': part.length + 100 } });
    sent.on('error', () => undefined);
    const closed = new Promise((resolve) => sent.on('close', resolve));
    sent.write(part);
    await pause(50);
    sent.destroy();
    await closed;
  };

  it('goes on with an upload where the last whole portion ended, whichever portion breaks off', async () => {
    await breakOff(address(`StartUpload(${ID})`), 'xx');
    expect((await post(`ContinueUpload(${ID},fileOffset=2)`, '3')).status).to.equal(404);
    expect((await post(`StartUpload(${ID})`, '12345')).body.value).to.equal('5');
    await breakOff(address(`ContinueUpload(${ID},fileOffset=5)`), 'xxx');
    expect((await post(`ContinueUpload(${ID},fileOffset=5)`, '678')).body.value).to.equal('8');
    await breakOff(address(`FinishUpload(${ID},fileOffset=8)`), 'x');
    expect((await post(`FinishUpload(${ID},fileOffset=8)`, '90')).body).to.include({ Length: '10' });
    expect(await text()).to.equal('1234567890');
  });

  it('takes the portions of an upload one after the other, and one only once', async () => {
    await post(`StartUpload(${ID})`, '12345');
    const both = await Promise.all(['678', '678'].map((more) => post(`ContinueUpload(${ID},fileOffset=5)`, more)));
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 400]);
    await post(`FinishUpload(${ID},fileOffset=8)`, '90');
    expect(await text()).to.equal('1234567890');
  });

  it('leaves a file as it was when new content breaks off', async () => {
    await breakOff(address('$value'), 'after', 'PUT');
    expect(await text()).to.equal('before');
  });

  it('lets one of two changes through that were meant for the same version', async () => {
    const url = `${site.siteUrl}/_api/web/lists/getByTitle('Orders')/items(1)`;
    const etag = (await fetch(url, { headers })).headers.get('etag') ?? '';
    const statuses = await Promise.all(
      ['one', 'two'].map(async (Title) => {
        const sent = request(url, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json', 'x-http-method': 'MERGE', 'if-match': etag },
        });
        sent.write('{');
        await pause(100);
        sent.end(`"Title":"${Title}"}`);
        const [answer] = await once(sent, 'response');
        answer.resume();
        return answer.statusCode;
      }),
    );
    expect(statuses.sort()).to.deep.equal([204, 412]);
  });

  it('keeps both of two contents that arrive at a time as versions', async () => {
    const file = () => sp.web.getFileByServerRelativePath(`${CONTRACTS}/part.bin`);
    await Promise.all(['one', 'two'].map((content) => file().setContent(content)));
    expect((await file().versions()).map(({ VersionLabel }) => VersionLabel)).to.deep.equal(['0.1', '0.2']);
    expect([await file().versions.getById(2).getText(), await text()].sort()).to.deep.equal(['one', 'two']);
  });

  it('counts what is there against the quota: copies, and nothing that was deleted, replaced or cancelled', async () => {
    const small = await startSharePointSite({ quota: 1_000 });
    try {
      const web = pnp(small.siteUrl).web;
      const folder = web.getFolderByServerRelativePath(CONTRACTS);
      const file = (name: string) => web.getFileByServerRelativePath(`${CONTRACTS}/${name}`);
      const list = web.lists.getByTitle('Contracts');
      await list.update({ EnableVersioning: false, EnableMinorVersions: false });
      const bytes = 'x'.repeat(600);
      const add = (name: string) => folder.files.addUsingPath(name, bytes);
      await add('a.txt');
      expect(await faultOf(file('a.txt').copyByPath(`${CONTRACTS}/b.txt`, false))).to.include({ status: 507 });
      await file('a.txt').delete();
      await add('a.txt');
      await file('a.txt').deleteWithParams({ ETagMatch: '*', BypassSharedLock: true });
      const { UniqueId } = await add('a.txt');
      const item = await file('a.txt').getItem();
      expect(
        await faultOf(file('a.txt').deleteWithParams({ ETagMatch: '"{0},1"', BypassSharedLock: true })),
      ).to.include({
        status: 412,
      });
      await item.deleteWithParams({ BypassSharedLock: true });
      expect(await faultOf(web.getFileById(UniqueId)())).to.include({ status: 404 });
      await folder.files.addUsingPath('a.txt', 'x'.repeat(300));
      for (let times = 0; times < 4; times += 1) await file('a.txt').setContent('x'.repeat(400));
      await file('a.txt').delete();
      await add('a.txt');
      await list.delete();
      expect(await faultOf(add('a.txt'))).to.include({ status: 404 });
      await web.lists.ensure('Other', '', 101);
      await web.getFolderByServerRelativePath('/sites/sales/Other').files.addUsingPath('a.txt', bytes);
    } finally {
      await small.close();
    }
  });
});
