import { objectIn, textIn } from '../call.js';
import type { Context } from '../context.js';
import { invalidArgument } from '../fault.js';
import type { RoleRow } from '../model.js';
import { listed } from '../odata/listed.js';
import type { Collection, Entity } from '../odata/resource.js';
import { WEB } from '../site.js';

export function rolesCollection(context: Context): Collection {
  const { site } = context;
  const find = (fits: (row: RoleRow) => boolean): Entity => {
    const row = site.roles.all(WEB).find(fits);
    if (row === undefined) throw invalidArgument('The role definition does not exist.');
    return roleEntity(context, row);
  };
  return listed(
    'SP.RoleDefinition',
    'Web/RoleDefinitions',
    () => site.roles.all(WEB).map((row) => roleEntity(context, row)),
    {
      byKey: (args) => find(({ id }) => id === args['0']),
      create: async (call) => {
        const blank = {
          id: site.numbers.next('roles', 1073741925),
          name: '',
          description: '',
          kind: 0,
          high: '0',
          low: '0',
          order: 0,
          hidden: false,
        };
        return roleEntity(context, site.roles.put(WEB, changed(blank, await call.json())));
      },
      members: {
        GetById: { needsArgs: true, get: (args) => find(({ id }) => id === args['0']) },
        GetByName: { needsArgs: true, get: (args) => find(({ name }) => name === args['0']) },
        GetByType: { needsArgs: true, get: (args) => find(({ kind }) => kind === args['0']) },
      },
    },
  );
}

const changed = (row: RoleRow, body: Readonly<Record<string, unknown>>): RoleRow => {
  const permissions = objectIn(body, 'BasePermissions');
  return {
    ...row,
    name: textIn(body, 'Name') ?? row.name,
    description: textIn(body, 'Description') ?? row.description,
    order: Number(body.Order ?? row.order),
    high: String(permissions.High ?? row.high),
    low: String(permissions.Low ?? row.low),
  };
};

export function roleEntity(context: Context, row: RoleRow): Entity {
  const { site } = context;
  return {
    kind: 'entity',
    type: 'SP.RoleDefinition',
    uri: `Web/RoleDefinitions(${row.id})`,
    properties: () => ({
      BasePermissions: { High: row.high, Low: row.low },
      Description: row.description,
      Hidden: row.hidden,
      Id: row.id,
      Name: row.name,
      Order: row.order,
      RoleTypeKind: row.kind,
    }),
    members: () => ({}),
    merge: async (call) => roleEntity(context, site.roles.put(WEB, changed(row, await call.json()))),
    remove: () => void site.roles.delete(WEB, row.id),
  };
}
