import type { Context } from '../context.js';
import type { Entity } from '../odata/resource.js';
import { WEB } from '../site.js';
import { groupEntity } from './group-entity.js';
import { userEntity } from './user-entity.js';

/** A person or a group by its number. */
export function principalEntity(context: Context, id: number): Entity | undefined {
  const user = context.site.users.get(WEB, id);
  if (user !== undefined) return userEntity(context, user);
  const group = context.site.groups.get(WEB, id);
  return group && groupEntity(context, group);
}
