import { PermissionKind, type SPFI } from '@pnp/sp/presets/all.js';
import { expect } from 'chai';
import { type SharePointSite, startSharePointSite } from '../../../samples/sharepoint/index.js';
import { faultOf } from './fault-of.js';
import { pnp } from './pnp-client.js';

describe('samples/sharepoint: people and permissions, by PnPjs', () => {
  let site: SharePointSite;
  let sp: SPFI;
  beforeEach(async () => {
    site = await startSharePointSite();
    sp = pnp(site.siteUrl);
  });
  afterEach(() => site.close());

  it('knows who asks, and makes a user of a new login name once', async () => {
    expect(await sp.web.currentUser()).to.include({ Title: 'Ada Lovelace', Email: 'ada@example.org' });
    const made = await sp.web.ensureUser('i:0#.f|membership|grace.hopper@example.org');
    expect(made).to.include({ Title: 'Grace Hopper', Email: 'grace.hopper@example.org' });
    expect((await sp.web.ensureUser('grace.hopper@example.org')).Id).to.equal(made.Id);
    expect((await sp.web.siteUsers.getById(made.Id)()).Title).to.equal('Grace Hopper');
    expect((await sp.web.siteUsers.getByEmail('grace.hopper@example.org')()).Id).to.equal(made.Id);
    expect((await sp.web.siteUsers.getByLoginName(made.LoginName)()).Id).to.equal(made.Id);
    expect((await sp.web.getUserById(made.Id)()).Id).to.equal(made.Id);
    expect(await faultOf(sp.web.siteUsers.getById(4711)())).to.include({ status: 404 });
    expect(await faultOf(sp.web.ensureUser('nobody at all'))).to.include({ status: 400 });
  });

  it('puts people into groups and takes them out', async () => {
    const group = await sp.web.siteGroups.add({ Title: 'Reviewers', Description: 'Read contracts' });
    await sp.web.siteGroups.getById(group.Id).users.add('i:0#.f|membership|bob@example.org');
    expect((await sp.web.siteGroups.getByName('Reviewers').users()).map(({ Title }) => Title)).to.deep.equal([
      'Bob Martin',
    ]);
    const bob = await sp.web.ensureUser('bob@example.org');
    expect((await sp.web.siteUsers.getById(bob.Id).groups()).map(({ Title }) => Title)).to.deep.equal(['Reviewers']);
    await sp.web.siteGroups.getById(group.Id).users.removeById(bob.Id);
    expect(await sp.web.siteGroups.getById(group.Id).users()).to.deep.equal([]);
    await sp.web.siteGroups.removeById(group.Id);
    expect(await faultOf(sp.web.siteGroups.getByName('Reviewers')())).to.include({ status: 404 });
    expect((await sp.web.associatedMemberGroup()).Title).to.equal('Sales Members');
  });

  it('gives a list permissions of its own, and takes them back', async () => {
    const orders = sp.web.lists.getByTitle('Orders');
    const inherited = await orders.roleAssignments();
    await orders.breakRoleInheritance(true);
    const { Id } = await sp.web.roleDefinitions.getByName('Read')();
    const bob = await sp.web.ensureUser('bob@example.org');
    await orders.roleAssignments.add(bob.Id, Id);
    expect((await orders.roleAssignments()).map(({ PrincipalId }) => PrincipalId)).to.deep.equal([
      ...inherited.map(({ PrincipalId }) => PrincipalId),
      bob.Id,
    ]);
    const bindings = await orders.roleAssignments.getById(bob.Id).bindings();
    expect(bindings.map(({ Name }: { Name: string }) => Name)).to.deep.equal(['Read']);
    expect(await orders.select('HasUniqueRoleAssignments')()).to.include({ HasUniqueRoleAssignments: true });
    await orders.roleAssignments.remove(bob.Id, Id);
    await orders.resetRoleInheritance();
    expect(await orders.roleAssignments()).to.have.length(inherited.length);
    expect(await orders.currentUserHasPermissions(PermissionKind.EditListItems)).to.equal(true);
  });
});
