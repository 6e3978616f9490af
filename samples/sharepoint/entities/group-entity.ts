import { textIn } from '../call.js';
import type { Context } from '../context.js';
import { Fault } from '../fault.js';
import type { GroupRow } from '../model.js';
import { listed } from '../odata/listed.js';
import { type Collection, type Entity, nothing } from '../odata/resource.js';
import { WEB } from '../site.js';
import { usersCollection } from './user-entity.js';

const groupNotFound = (): Fault =>
  new Fault(404, '-2146232832, Microsoft.SharePoint.SPException', 'Group cannot be found.');

/** The site's groups, or those that fit. */
export function groupsCollection(
  context: Context,
  uri: string,
  fits: (row: GroupRow) => boolean = () => true,
): Collection {
  const { site, user } = context;
  const rows = () => site.groups.all(WEB).filter(fits);
  const find = (matches: (row: GroupRow) => boolean): GroupRow => {
    const row = rows().find(matches);
    if (row === undefined) throw groupNotFound();
    return row;
  };
  const byId = (id: unknown) => find((row) => row.id === Number(id));
  const byName = (name: unknown) => find(({ title }) => title.toLowerCase() === String(name).toLowerCase());
  const remove = (row: GroupRow) => {
    site.groups.delete(WEB, row.id);
    return nothing('Remove');
  };
  return listed('SP.Group', uri, () => rows().map((row) => groupEntity(context, row)), {
    byKey: (args) => groupEntity(context, byId(args['0'])),
    create: async (call) => {
      const body = await call.json();
      const title = textIn(body, 'Title') ?? '';
      if (site.groups.all(WEB).some((row) => row.title.toLowerCase() === title.toLowerCase())) {
        throw new Fault(400, '-2130575293, Microsoft.SharePoint.SPException', 'The specified name is already in use.');
      }
      return groupEntity(
        context,
        site.groups.put(WEB, {
          id: site.numbers.next('principals', 3),
          title,
          description: textIn(body, 'Description') ?? '',
          owner: user.id,
          members: [],
        }),
      );
    },
    members: {
      GetById: { needsArgs: true, get: (args) => groupEntity(context, byId(args['0'])) },
      GetByName: { needsArgs: true, get: (args) => groupEntity(context, byName(args['0'])) },
      RemoveById: { post: (args) => remove(byId(args['0'])) },
      RemoveByLoginName: { post: (args) => remove(byName(args['0'])) },
    },
  });
}

export function groupEntity(context: Context, row: GroupRow): Entity {
  const { site } = context;
  const uri = `Web/SiteGroups/GetById(${row.id})`;
  const put = (change: Partial<GroupRow>): Entity => groupEntity(context, site.groups.put(WEB, { ...row, ...change }));
  return {
    kind: 'entity',
    type: 'SP.Group',
    uri,
    properties: () => ({
      Id: row.id,
      IsHiddenInUI: false,
      LoginName: row.title,
      Title: row.title,
      PrincipalType: 8,
      AllowMembersEditMembership: false,
      AllowRequestToJoinLeave: false,
      AutoAcceptRequestToJoinLeave: false,
      Description: row.description,
      OnlyAllowMembersViewMembership: true,
      OwnerTitle: site.users.get(WEB, row.owner)?.title ?? '',
      RequestToJoinLeaveEmailSetting: '',
    }),
    onDemand: () => ({ Name: row.title, EMail: '' }),
    members: () => ({
      Users: {
        get: () =>
          usersCollection(context, `${uri}/Users`, {
            rows: () => site.users.all(WEB).filter(({ id }) => row.members.includes(id)),
            add: ({ id }) => void put({ members: [...new Set([...row.members, id])] }),
            remove: ({ id }) => void put({ members: row.members.filter((member) => member !== id) }),
          }),
      },
      SetUserAsOwner: {
        post: (args) => {
          put({ owner: Number(args['0']) });
          return nothing('SetUserAsOwner');
        },
      },
    }),
    merge: async (call) => {
      const body = await call.json();
      return put({
        title: textIn(body, 'Title') ?? row.title,
        description: textIn(body, 'Description') ?? row.description,
      });
    },
    remove: () => void site.groups.delete(WEB, row.id),
  };
}
