import { randomBytes } from 'node:crypto';
import { type EntityManager, In } from 'typeorm';
import type { JsonSchema, TypeMap } from '../../model/json-schema.js';
import type { ServiceMethod } from '../../model/service-object.js';
import { chunks, insertAll } from '../bulk.js';
import { change, consistently } from '../database/change.js';
import { type Database, joined } from '../database/database.js';
import { descriptionEntity, serviceMethodEntity, serviceObjectEntity, typeEntity } from '../entities/description.js';
import type { DescriptionRepository, DescriptionSummary } from '../store.js';
import { loadDescription } from './load.js';
import { deleteDescription, deleteParts, methodRows, objectRows, typeRows } from './rows.js';
import { summarise } from './summary.js';
import { addVersion, prepareVersion, versionReader } from './versions.js';

/** Names asked for in one query. */
const CHUNK = 500;

export function descriptionRepository(database: Database): DescriptionRepository {
  return {
    save: async (instance, description, origin = {}) => {
      const summary = summarise(instance, description, new Date());
      if (await renewed(database, summary)) return summary;
      const id = randomBytes(12).toString('base64url');
      const version = await prepareVersion(description, summary, origin);
      return database.write(async (manager) => {
        // The bulk goes first, under an id that nobody reads yet: other changes wait only while the description is switched.
        await insertAll(manager, serviceObjectEntity, objectRows(id, description));
        await insertAll(manager, serviceMethodEntity, methodRows(id, description));
        await insertAll(manager, typeEntity, typeRows(id, description));
        return change(joined(manager), async () => {
          const former = await manager.findOneBy(descriptionEntity, { instance });
          await addVersion(manager, { instance, id }, former, version);
          await manager.upsert(descriptionEntity, { instance, id, summary: JSON.stringify(summary) }, ['instance']);
          if (former !== null) await deleteParts(manager, former.id);
          return { changed: true, result: summary };
        });
      });
    },
    ...versionReader(database),
    summary: (instance) =>
      database.read(async (manager) => {
        const row = await manager.findOneBy(descriptionEntity, { instance });
        return row === null ? undefined : (JSON.parse(row.summary) as DescriptionSummary);
      }),
    method: (instance, object, name) =>
      database.read(async (manager) => {
        const row = await manager
          .createQueryBuilder(serviceMethodEntity, 'method')
          .innerJoin(descriptionEntity.options.name, 'description', 'description.id = method.description')
          .where('description.instance = :instance', { instance })
          .andWhere('method.object = :object AND method.name = :name', { object, name })
          .getOne();
        return row === null ? undefined : (JSON.parse(row.method) as ServiceMethod);
      }),
    types: (instance, names) => {
      const wanted = [...new Set(names)];
      return consistently(database, (manager) => loadTypes(manager, instance, wanted));
    },
    namedTypes: (instance, names) => {
      const wanted = [...new Set(names)];
      return consistently(database, (manager) => loadTypes(manager, instance, wanted, false));
    },
    load: (instance) => consistently(database, (manager) => loadDescription(manager, instance)),
    delete: (instance) =>
      change(database, async (manager) => ({
        changed: await deleteDescription(manager, instance),
        result: undefined,
      })),
  };
}

/** Notes that the stored description was found again. False when another one is stored. */
function renewed(database: Database, summary: DescriptionSummary): Promise<boolean> {
  return database.write(async (manager) => {
    const { instance } = summary;
    const former = await manager.findOneBy(descriptionEntity, { instance });
    if (former === null || (JSON.parse(former.summary) as DescriptionSummary).hash !== summary.hash) return false;
    await manager.update(descriptionEntity, { instance, id: former.id }, { summary: JSON.stringify(summary) });
    return true;
  });
}

/**
 * The named types: breadth first, one query for each step of the way and chunk of names.
 *
 * @param closure whether all that they refer to comes, too
 */
async function loadTypes(
  manager: EntityManager,
  instance: string,
  wanted: readonly string[],
  closure = true,
): Promise<TypeMap> {
  const current = await manager.findOneBy(descriptionEntity, { instance });
  const found = new Map<string, JsonSchema>();
  if (current === null) return {};
  const asked = new Set(wanted);
  for (let level = [...asked]; level.length > 0; ) {
    const next: string[] = [];
    for (const chunk of chunks(level, CHUNK)) {
      for (const row of await manager.findBy(typeEntity, { description: current.id, name: In(chunk) })) {
        found.set(row.name, JSON.parse(row.schema) as JsonSchema);
        for (const name of closure ? (JSON.parse(row.refersTo) as string[]) : []) {
          if (!asked.has(name)) next.push(name);
          asked.add(name);
        }
      }
    }
    level = next;
  }
  return Object.fromEntries(found);
}
