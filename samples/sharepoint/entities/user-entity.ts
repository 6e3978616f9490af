import { textIn } from '../call.js';
import type { Context } from '../context.js';
import { Fault } from '../fault.js';
import type { UserRow } from '../model.js';
import { listed } from '../odata/listed.js';
import { type Collection, type Entity, nothing } from '../odata/resource.js';
import { ensureUser } from '../people/ensure-user.js';
import { WEB } from '../site.js';
import { groupsCollection } from './group-entity.js';

export const userNotFound = (): Fault =>
  new Fault(404, '-2146232832, Microsoft.SharePoint.SPException', 'User cannot be found.');

/** @param of whose people: the site's, or a group's */
export function usersCollection(
  context: Context,
  uri: string,
  of: { rows(): readonly UserRow[]; add(user: UserRow): void; remove(user: UserRow): void },
): Collection {
  const entity = (row: UserRow): Entity => userEntity(context, row);
  const find = (fits: (row: UserRow) => boolean): UserRow => {
    const row = of.rows().find(fits);
    if (row === undefined) throw userNotFound();
    return row;
  };
  const byLogin = (login: unknown) => find(({ loginName }) => loginName.toLowerCase() === String(login).toLowerCase());
  const byId = (id: unknown) => find((row) => row.id === Number(id));
  const remove = (row: UserRow) => {
    of.remove(row);
    return nothing('Remove');
  };
  return listed('SP.User', uri, () => of.rows().map(entity), {
    byKey: (args) => entity(typeof args['0'] === 'number' ? byId(args['0']) : byLogin(args['0'])),
    create: async (call) => {
      const user = ensureUser(context.site, textIn(await call.json(), 'LoginName') ?? '');
      of.add(user);
      return entity(user);
    },
    members: {
      GetById: { needsArgs: true, get: (args) => entity(byId(args['0'])) },
      GetByEmail: {
        needsArgs: true,
        get: (args) => entity(find(({ email }) => email.toLowerCase() === String(args['0']).toLowerCase())),
      },
      GetByLoginName: { needsArgs: true, get: (args) => entity(byLogin(args['0'])) },
      RemoveById: { post: (args) => remove(byId(args['0'])) },
      RemoveByLoginName: { post: (args) => remove(byLogin(args['0'])) },
    },
  });
}

export const siteUsers = (context: Context): Collection =>
  usersCollection(context, 'Web/SiteUsers', {
    rows: () => context.site.users.all(WEB),
    add: () => {},
    remove: (user) => void context.site.users.delete(WEB, user.id),
  });

export function userEntity(context: Context, row: UserRow): Entity {
  const { site } = context;
  const uri = `Web/GetUserById(${row.id})`;
  return {
    kind: 'entity',
    type: 'SP.User',
    uri,
    properties: () => ({
      Id: row.id,
      IsHiddenInUI: false,
      LoginName: row.loginName,
      Title: row.title,
      PrincipalType: 1,
      Email: row.email,
      Expiration: '',
      IsEmailAuthenticationGuestUser: false,
      IsShareByEmailGuestUser: false,
      IsSiteAdmin: row.siteAdmin,
      UserId: { NameId: String(row.id), NameIdIssuer: 'urn:federation:microsoftonline' },
      UserPrincipalName: row.email === '' ? null : row.email,
    }),
    // A person in an item's column is asked by the column names of the user information list.
    onDemand: () => ({
      Name: row.loginName,
      EMail: row.email,
      UserName: row.email,
      JobTitle: null,
      Department: null,
      SipAddress: row.email,
      FirstName: row.title.split(' ')[0] ?? '',
      LastName: row.title.split(' ').slice(1).join(' '),
    }),
    members: () => ({
      Groups: { get: () => groupsCollection(context, `${uri}/Groups`, ({ members }) => members.includes(row.id)) },
    }),
    merge: async (call) => {
      const body = await call.json();
      const changed = {
        ...row,
        title: textIn(body, 'Title') ?? row.title,
        email: textIn(body, 'Email') ?? row.email,
        siteAdmin: body.IsSiteAdmin === undefined ? row.siteAdmin : body.IsSiteAdmin === true,
      };
      return userEntity(context, site.users.put(WEB, changed));
    },
    remove: () => void site.users.delete(WEB, row.id),
  };
}
