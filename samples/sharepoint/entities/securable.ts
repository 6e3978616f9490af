import type { Context } from '../context.js';
import { Fault } from '../fault.js';
import type { RoleAssignmentRow } from '../model.js';
import { listed } from '../odata/listed.js';
import { type Collection, type Entity, type Members, nothing, plain } from '../odata/resource.js';
import { WEB } from '../site.js';
import { principalEntity } from './principal.js';
import { roleEntity } from './role-entity.js';
import { userNotFound } from './user-entity.js';

const FULL = { High: '2147483647', Low: '4294967295' };

/**
 * The members that the web, lists and items share: permissions and who has them.
 *
 * @param owner the key of its own assignments
 * @param unique whether it has its own; otherwise the web's hold
 */
export function securable(
  context: Context,
  owner: string,
  uri: string,
  unique: boolean,
  setUnique: (unique: boolean) => void,
): Members {
  const { site } = context;
  return {
    RoleAssignments: { get: () => assignments(context, unique ? owner : WEB, `${uri}/RoleAssignments`) },
    EffectiveBasePermissions: { get: () => plain('EffectiveBasePermissions', FULL, 'SP.BasePermissions') },
    GetUserEffectivePermissions: {
      needsArgs: true,
      get: () => plain('GetUserEffectivePermissions', FULL, 'SP.BasePermissions'),
    },
    BreakRoleInheritance: {
      post: (args) => {
        if (args.copyroleassignments === true) {
          for (const row of site.roleAssignments.all(WEB)) site.roleAssignments.put(owner, row);
        }
        setUnique(true);
        return nothing('BreakRoleInheritance');
      },
    },
    ResetRoleInheritance: {
      post: () => {
        for (const { id } of owner === WEB ? [] : site.roleAssignments.all(owner))
          site.roleAssignments.delete(owner, id);
        setUnique(false);
        return nothing('ResetRoleInheritance');
      },
    },
  };
}

function assignments(context: Context, owner: string, uri: string): Collection {
  const { site } = context;
  const entity = (row: RoleAssignmentRow): Entity => assignmentEntity(context, owner, row, uri);
  const find = (id: unknown): Entity => {
    const row = site.roleAssignments.get(owner, String(id));
    if (row === undefined) {
      throw new Fault(
        404,
        '-2130575338, System.ArgumentException',
        'The principal is not on the list of role assignments.',
      );
    }
    return entity(row);
  };
  const change = (
    args: Readonly<Record<string, unknown>>,
    roles: (now: readonly number[], role: number) => number[],
  ) => {
    const [id, role] = [Number(args.principalid), Number(args.roledefid)];
    if (principalEntity(context, id) === undefined) throw userNotFound();
    if (site.roles.get(WEB, role) === undefined)
      throw new Fault(404, '-2147024809, System.ArgumentException', 'The role definition does not exist.');
    const next = roles(site.roleAssignments.get(owner, id)?.roles ?? [], role);
    if (next.length === 0) site.roleAssignments.delete(owner, id);
    else site.roleAssignments.put(owner, { id, roles: next });
    return nothing('RoleAssignment');
  };
  return listed('SP.RoleAssignment', uri, () => site.roleAssignments.all(owner).map(entity), {
    byKey: (args) => find(args['0']),
    members: {
      GetByPrincipalId: { needsArgs: true, get: (args) => find(args['0'] ?? args.principalid) },
      AddRoleAssignment: { post: (args) => change(args, (now, role) => [...new Set([...now, role])]) },
      RemoveRoleAssignment: { post: (args) => change(args, (now, role) => now.filter((one) => one !== role)) },
    },
  });
}

function assignmentEntity(context: Context, owner: string, row: RoleAssignmentRow, uri: string): Entity {
  const { site } = context;
  const own = `${uri}/GetByPrincipalId(${row.id})`;
  return {
    kind: 'entity',
    type: 'SP.RoleAssignment',
    uri: own,
    properties: () => ({ PrincipalId: row.id }),
    members: () => ({
      Member: { get: () => principalEntity(context, row.id) ?? nothing('Member') },
      RoleDefinitionBindings: {
        get: () =>
          listed('SP.RoleDefinition', `${own}/RoleDefinitionBindings`, () =>
            site.roles
              .all(WEB)
              .filter(({ id }) => row.roles.includes(id))
              .map((role) => roleEntity(context, role)),
          ),
      },
    }),
    remove: () => void site.roleAssignments.delete(owner, row.id),
  };
}
