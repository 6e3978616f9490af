import { randomBytes } from 'node:crypto';
import type { SPFI } from '@pnp/sp';
import { expect } from 'chai';
import { type SharePointSite, startSharePointSite } from '../../../samples/sharepoint/index.js';
import { faultOf } from './fault-of.js';
import { pnp } from './pnp-client.js';

const CONTRACTS = '/sites/sales/Contracts';

describe('samples/sharepoint: files and folders, by PnPjs', () => {
  let site: SharePointSite;
  let sp: SPFI;
  beforeEach(async () => {
    site = await startSharePointSite();
    sp = pnp(site.siteUrl);
  });
  afterEach(() => site.close());

  const contracts = () => sp.web.getFolderByServerRelativePath(CONTRACTS);
  const file = (name: string) => sp.web.getFileByServerRelativePath(`${CONTRACTS}/${name}`);

  it('takes a file, gives it back whole and in parts, and knows its item', async () => {
    const added = await contracts().files.addUsingPath('a.txt', 'first words', { Overwrite: true });
    expect(added).to.include({
      Name: 'a.txt',
      Length: '11',
      UIVersionLabel: '0.1',
      ServerRelativeUrl: `${CONTRACTS}/a.txt`,
    });
    expect(await file('a.txt').getText()).to.equal('first words');
    const part = await fetch(
      `${site.siteUrl}/_api/web/GetFileByServerRelativePath(decodedUrl='${CONTRACTS}/a.txt')/$value`,
      {
        headers: { authorization: 'Bearer ada', range: 'bytes=6-' },
      },
    );
    expect([part.status, part.headers.get('content-range'), await part.text()]).to.deep.equal([
      206,
      'bytes 6-10/11',
      'words',
    ]);
    const item = await file('a.txt').getItem();
    await item.update({ Title: 'A contract', OrderNumber: 'SO-1001' });
    expect(await file('a.txt').listItemAllFields.select('Title', 'FileRef', 'FileLeafRef')()).to.include({
      Title: 'A contract',
      FileRef: `${CONTRACTS}/a.txt`,
      FileLeafRef: 'a.txt',
    });
    expect((await sp.web.getFileById(added.UniqueId)()).Name).to.equal('a.txt');
  });

  it('refuses a name that is taken or not allowed, and a folder that is not there', async () => {
    await contracts().files.addUsingPath('a.txt', '1');
    expect(await faultOf(contracts().files.addUsingPath('a.txt', '2'))).to.include({
      status: 400,
      code: '-2130575257, Microsoft.SharePoint.SPException',
    });
    expect(await faultOf(contracts().files.addUsingPath('a:b.txt', '2'))).to.include({ status: 400 });
    const nowhere = sp.web.getFolderByServerRelativePath(`${CONTRACTS}/nowhere`);
    expect(await faultOf(nowhere.files.addUsingPath('a.txt', '2'))).to.include({
      status: 404,
      code: '-2147024894, System.IO.FileNotFoundException',
    });
  });

  it('keeps names with signs that addresses give a meaning', async () => {
    for (const name of ["50% #1 it's & more.txt", 'ümläut (2).txt', 'a+b=c.txt']) {
      await contracts().files.addUsingPath(name, name);
      expect(await file(name).getText()).to.equal(name);
      expect((await file(name)()).ServerRelativeUrl).to.equal(`${CONTRACTS}/${name}`);
    }
  });

  it('takes a file in portions', async () => {
    const bytes = randomBytes(2_500_000);
    await contracts().files.addChunked('big.bin', new Blob([bytes]), { Overwrite: true, chunkSize: 1_000_000 });
    expect(Buffer.compare(Buffer.from(await file('big.bin').getBuffer()), bytes)).to.equal(0);
  });

  it('continues a portioned upload only where it has come to, and forgets a cancelled one', async () => {
    await contracts().files.addUsingPath('part.bin', '');
    const post = async (step: string, body = '') => {
      const path = `${site.siteUrl}/_api/web/GetFileByServerRelativePath(decodedUrl='${CONTRACTS}/part.bin')/${step}`;
      const answer = await fetch(path, {
        method: 'POST',
        body,
        headers: { authorization: 'Bearer ada', accept: 'application/json;odata=nometadata' },
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    const id = "uploadId=guid'11111111-2222-3333-4444-555555555555'";
    expect((await post(`StartUpload(${id})`, '12345')).body.value).to.equal('5');
    expect((await post(`ContinueUpload(${id},fileOffset=3)`, 'x')).status).to.equal(400);
    expect((await post(`ContinueUpload(${id},fileOffset=5)`, '678')).body.value).to.equal('8');
    expect((await post(`FinishUpload(${id},fileOffset=8)`, '90')).body).to.include({ Name: 'part.bin', Length: '10' });
    expect((await post(`ContinueUpload(${id},fileOffset=10)`, 'x')).status).to.equal(404);
    await post(`StartUpload(${id})`, '1');
    await post(`CancelUpload(${id})`);
    expect((await post(`FinishUpload(${id},fileOffset=1)`, '2')).status).to.equal(404);
    expect(await file('part.bin').getText()).to.equal('1234567890');
  });

  it('makes, lists, renames and removes folders', async () => {
    await contracts().folders.addUsingPath('2026');
    await sp.web.getFolderByServerRelativePath(`${CONTRACTS}/2026`).addSubFolderUsingPath('Q4');
    await sp.web.getFolderByServerRelativePath(`${CONTRACTS}/2026/Q4`).files.addUsingPath('x.txt', 'x');
    expect((await contracts().folders()).map(({ Name }) => Name)).to.deep.equal(['2026', 'Templates']);
    expect(await sp.web.getFolderByServerRelativePath(`${CONTRACTS}/2026`)()).to.include({
      Exists: true,
      ItemCount: 1,
    });
    await sp.web.getFolderByServerRelativePath(`${CONTRACTS}/2026`).moveByPath(`${CONTRACTS}/2027`);
    expect(await file('2027/Q4/x.txt').getText()).to.equal('x');
    await sp.web.getFolderByServerRelativePath(`${CONTRACTS}/2027`).delete();
    expect(await faultOf(file('2027/Q4/x.txt')())).to.include({ status: 404 });
  });

  it('moves and copies files, and replaces only when it may', async () => {
    await contracts().files.addUsingPath('a.txt', 'a');
    await contracts().files.addUsingPath('b.txt', 'b');
    await file('a.txt').copyByPath(`${CONTRACTS}/Templates/a.txt`, false);
    expect(await faultOf(file('b.txt').moveByPath(`${CONTRACTS}/Templates/a.txt`, false))).to.include({ status: 400 });
    await file('b.txt').moveByPath(`${CONTRACTS}/Templates/a.txt`, true);
    expect(await file('Templates/a.txt').getText()).to.equal('b');
    expect(await faultOf(file('b.txt')())).to.include({ status: 404 });
    expect(await file('a.txt').getText()).to.equal('a');
  });

  it('moves and copies what has a name with %, and keeps it', async () => {
    const [from, copy, to] = ['50% of it.txt', '100%25.txt', '%41 (2).txt'];
    await contracts().files.addUsingPath(from, 'half');
    await file(from).copyByPath(`${CONTRACTS}/${copy}`, false);
    await file(from).moveByPath(`${CONTRACTS}/${to}`, false);
    expect((await contracts().files()).map(({ Name }) => Name).sort()).to.deep.equal([to, copy]);
    expect([await file(copy).getText(), await file(to).getText()]).to.deep.equal(['half', 'half']);
  });

  it('takes what lies in a folder along when it is renamed, and moves none into itself', async () => {
    await contracts().folders.addUsingPath('2026');
    await sp.web.getFolderByServerRelativePath(`${CONTRACTS}/2026`).files.addUsingPath('x.txt', 'x');
    const folder = (name: string) => sp.web.getFolderByServerRelativePath(`${CONTRACTS}/${name}`);
    expect(await faultOf(folder('2026').moveByPath(`${CONTRACTS}/2026/2027`))).to.include({ status: 400 });
    await folder('2026').update({ Name: '2027' } as never);
    expect(await file('2027/x.txt').getText()).to.equal('x');
    expect(await faultOf(folder('2027').update({ Name: 'a/b' } as never))).to.include({ status: 400 });
    expect(await faultOf(folder('2027').deleteWithParams({ DeleteIfEmpty: true }))).to.include({ status: 400 });
    expect(await file('2027/x.txt').getText()).to.equal('x');
  });

  it('keeps a checked-out file from others, and counts versions at check-in and publishing', async () => {
    await contracts().files.addUsingPath('a.txt', '1');
    await file('a.txt').checkout();
    const bob = pnp(site.siteUrl, { token: 'bob' });
    const held = await faultOf(bob.web.getFileByServerRelativePath(`${CONTRACTS}/a.txt`).setContent('bob'));
    expect(held).to.include({ status: 423, code: '-2130575306, Microsoft.SharePoint.SPFileCheckOutException' });
    expect(held.message).to.contain('checked out for editing by Ada Lovelace');
    await file('a.txt').setContent('2');
    await file('a.txt').checkin('done', 0);
    expect(await file('a.txt')()).to.include({ UIVersionLabel: '0.2', CheckInComment: 'done', CheckOutType: 2 });
    expect(await file('a.txt').versions.getById(1).getText()).to.equal('1');
    await file('a.txt').publish('signed');
    expect(await file('a.txt')()).to.include({ UIVersionLabel: '1.0', MajorVersion: 1 });
    await file('a.txt').checkout();
    await file('a.txt').setContent('lost');
    await file('a.txt').undoCheckout();
    expect(await file('a.txt').getText()).to.equal('2');
    await file('a.txt').unpublish('');
    expect(await file('a.txt')()).to.include({ UIVersionLabel: '0.1' });
    expect(await faultOf(file('a.txt').checkin())).to.include({ status: 400 });
  });

  it('keeps earlier versions and restores one', async () => {
    await contracts().files.addUsingPath('a.txt', 'one');
    await file('a.txt').setContent('two');
    await file('a.txt').setContent('three');
    const versions = await file('a.txt').versions();
    expect(versions.map(({ VersionLabel }) => VersionLabel)).to.deep.equal(['0.1', '0.2']);
    expect(await file('a.txt').versions.getById(1).getText()).to.equal('one');
    await file('a.txt').versions.restoreByLabel('0.1');
    expect(await file('a.txt').getText()).to.equal('one');
    expect((await file('a.txt')()).UIVersionLabel).to.equal('0.4');
  });

  it('has no more room than its quota', async () => {
    const small = await startSharePointSite({ quota: 1_000 });
    const folder = pnp(small.siteUrl).web.getFolderByServerRelativePath(CONTRACTS);
    expect(await faultOf(folder.files.addUsingPath('big.txt', 'x'.repeat(2_000)))).to.include({ status: 507 });
    expect(await folder.files()).to.deep.equal([]);
    await small.close();
  });
});
