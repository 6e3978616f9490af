import { type EntityManager, In, Not } from 'typeorm';
import { CallerError } from '../../model/errors.js';
import type { SmartMethod, SmartObject } from '../../model/smart-object.js';
import { chunks, insertAll } from '../bulk.js';
import { change, consistently } from '../database/change.js';
import type { Database } from '../database/database.js';
import {
  smartMethodEntity,
  smartMethodEntryEntity,
  smartObjectEntity,
  smartStepEntity,
} from '../entities/smart-object.js';
import type { SmartObjectRepository } from '../store.js';
import {
  deleteSmartObjects,
  methodEntryRows,
  methodOf,
  methodRows,
  objectRows,
  smartObjectOf,
  stepRows,
} from './rows.js';
import { findMethods, findObjects, methodFacets } from './search.js';

/** Names asked for in one query. */
const CHUNK = 500;

export function smartObjectRepository(database: Database): SmartObjectRepository {
  return {
    replace: (instance, objects) =>
      change(database, async (manager) => {
        await refuseTakenNames(manager, instance, objects);
        const deleted = await deleteSmartObjects(manager, instance);
        await insertAll(manager, smartObjectEntity, objectRows(instance, objects));
        await insertAll(manager, smartMethodEntity, methodRows(instance, objects));
        await insertAll(manager, smartMethodEntryEntity, methodEntryRows(instance, objects));
        await insertAll(manager, smartStepEntity, stepRows(instance, objects));
        return { changed: deleted || objects.length > 0, result: undefined };
      }),
    dependents: (instance) =>
      database.read(async (manager) => {
        const order = { object: 'ASC', method: 'ASC', position: 'ASC' } as const;
        const rows = await manager.find(smartStepEntity, { where: { instance }, order });
        return rows.map(({ object, method, serviceObject, serviceMethod }) => {
          return { object, method, serviceObject, serviceMethod };
        });
      }),
    list: (page = {}) => database.read((manager) => findObjects(manager, page)),
    findMethods: (page = {}) => database.read((manager) => findMethods(manager, page)),
    facets: () => database.read(methodFacets),
    get: (name) =>
      consistently(database, async (manager) => {
        const row = await manager.findOneBy(smartObjectEntity, { name });
        if (row === null) return undefined;
        const methods = await manager.find(smartMethodEntity, { where: { object: name }, order: { position: 'ASC' } });
        return smartObjectOf(row, methods.map(methodOf));
      }),
    method: (object, name) =>
      database.read(async (manager) => {
        const row = await manager.findOneBy(smartMethodEntity, { object, name });
        return row === null ? undefined : { instance: row.instance, method: methodOf(row) };
      }),
    ofInstance: (instance) => consistently(database, (manager) => loadInstance(manager, instance)),
  };
}

async function loadInstance(manager: EntityManager, instance: string): Promise<SmartObject[]> {
  const objects = await manager.find(smartObjectEntity, { where: { instance }, order: { name: 'ASC' } });
  const methods = new Map<string, SmartMethod[]>(objects.map(({ name }) => [name, []]));
  for (const row of await manager.find(smartMethodEntity, { where: { instance }, order: { position: 'ASC' } })) {
    methods.get(row.object)?.push(methodOf(row));
  }
  return objects.map((row) => smartObjectOf(row, methods.get(row.name) ?? []));
}

/** @throws CallerError CONFLICT when another instance has a SmartObject of one of the names */
async function refuseTakenNames(
  manager: EntityManager,
  instance: string,
  objects: readonly SmartObject[],
): Promise<void> {
  for (const chunk of chunks(objects, CHUNK)) {
    const taken = await manager.findOneBy(smartObjectEntity, {
      name: In(chunk.map(({ name }) => name)),
      instance: Not(instance),
    });
    if (taken === null) continue;
    throw new CallerError(
      'CONFLICT',
      `SmartObject "${taken.name}" belongs to service instance "${taken.instance}" already, so "${instance}" cannot have one of ` +
        'that name. Give the service instance another name, or rename the SmartObject.',
    );
  }
}
