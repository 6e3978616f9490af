import { type EntityManager, In } from 'typeorm';
import type { OAuthResource } from '../../model/oauth-resource.js';
import type { OAuthResourceType } from '../../model/oauth-resource-type.js';
import { documentEntity } from '../entities/document.js';

/** The type of each stored resource, without its secrets. */
export async function resourceTypes(manager: EntityManager): Promise<Map<string, OAuthResourceType>> {
  const rows = await manager.findBy(documentEntity, { kind: In(['OAuthResource', 'OAuthResourceType']) });
  const types = new Map<string, OAuthResourceType>();
  const typeOf = new Map<string, string>();
  for (const { kind, name, document } of rows) {
    if (kind === 'OAuthResource') typeOf.set(name, (JSON.parse(document) as OAuthResource).type);
    else types.set(name, JSON.parse(document) as OAuthResourceType);
  }
  return new Map(
    [...typeOf].flatMap(([resource, type]) => {
      const found = types.get(type);
      return found === undefined ? [] : [[resource, found] as const];
    }),
  );
}
