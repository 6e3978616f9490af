import type { EntityManager } from 'typeorm';
import type { JsonSchema } from '../../model/json-schema.js';
import type { Description, ServiceMethod, ServiceObject } from '../../model/service-object.js';
import { descriptionEntity, serviceMethodEntity, serviceObjectEntity, typeEntity } from '../entities/description.js';
import type { DescriptionSummary } from '../store.js';

/** Puts a whole description together again, in the order in which it was saved. */
export async function loadDescription(manager: EntityManager, instance: string): Promise<Description | undefined> {
  const current = await manager.findOneBy(descriptionEntity, { instance });
  if (current === null) return undefined;
  const ofCurrent = { where: { description: current.id }, order: { position: 'ASC' } } as const;
  const methods = new Map<string, ServiceMethod[]>();
  for (const row of await manager.find(serviceMethodEntity, ofCurrent)) {
    const method = JSON.parse(row.method) as ServiceMethod;
    const siblings = methods.get(row.object);
    if (siblings === undefined) methods.set(row.object, [method]);
    else siblings.push(method);
  }
  const objects = await manager.find(serviceObjectEntity, ofCurrent);
  const types = await manager.find(typeEntity, ofCurrent);
  const { title, version, diagnostics, operations, hosts, security } = JSON.parse(
    current.summary,
  ) as DescriptionSummary;
  return {
    ...(title === undefined ? {} : { title }),
    ...(version === undefined ? {} : { version }),
    serviceObjects: objects.map((row) => ({
      ...(JSON.parse(row.head) as Omit<ServiceObject, 'methods'>),
      methods: methods.get(row.name) ?? [],
    })),
    types: Object.fromEntries(types.map((row) => [row.name, JSON.parse(row.schema) as JsonSchema])),
    diagnostics,
    operations,
    hosts,
    ...(security === undefined ? {} : { security }),
  };
}
