import type { EntityManager } from 'typeorm';
import type { SmartMethod, SmartObject } from '../../model/smart-object.js';
import {
  type SmartMethodEntryRow,
  type SmartMethodRow,
  type SmartObjectRow,
  type SmartStepRow,
  smartMethodEntity,
  smartMethodEntryEntity,
  smartObjectEntity,
  smartStepEntity,
} from '../entities/smart-object.js';
import type { MethodEntry, SmartObjectSummary } from '../store.js';

export function* objectRows(instance: string, objects: readonly SmartObject[]): Generator<SmartObjectRow> {
  for (const { methods, properties, ...head } of objects) {
    const summary: SmartObjectSummary = {
      ...head,
      instance,
      methods: methods.map(({ name, displayName, kind }) => ({ name, displayName, kind })),
    };
    yield {
      name: head.name,
      instance,
      search: `${head.name}\n${head.displayName}`.toLowerCase(),
      summary: JSON.stringify(summary),
      properties: JSON.stringify(properties),
    };
  }
}

export function* methodRows(instance: string, objects: readonly SmartObject[]): Generator<SmartMethodRow> {
  for (const { name: object, methods } of objects) {
    for (const [position, method] of methods.entries()) {
      yield { object, name: method.name, position, instance, method: JSON.stringify(method) };
    }
  }
}

/** Characters of a method's description that a list shows. */
const SHOWN_DESCRIPTION = 300;

/** What a search finds of the SmartObjects: every method that is not `internal`. */
export function* methodEntryRows(
  instance: string,
  objects: Iterable<Pick<SmartObject, 'name' | 'displayName' | 'category' | 'methods'>>,
): Generator<SmartMethodEntryRow> {
  for (const { name: object, displayName: objectDisplayName, category, methods } of objects) {
    for (const [position, { name, displayName, description, kind, visibility, deprecated }] of methods.entries()) {
      if (visibility === 'internal') continue;
      const entry: MethodEntry = {
        object,
        objectDisplayName,
        category,
        instance,
        name,
        displayName,
        ...(description !== undefined && { description: description.slice(0, SHOWN_DESCRIPTION) }),
        kind,
        ...(visibility !== undefined && { visibility }),
        ...(deprecated === true && { deprecated }),
      };
      const search = `${object}\n${objectDisplayName}\n${name}\n${displayName}`.toLowerCase();
      yield { object, position, instance, category, kind, search, entry: JSON.stringify(entry) };
    }
  }
}

/** The steps that lead to other instances; a generated method has none. */
export function* stepRows(owner: string, objects: readonly SmartObject[]): Generator<SmartStepRow> {
  for (const { name: object, methods } of objects) {
    for (const { name: method, steps } of methods) {
      for (const [position, step] of steps.entries()) {
        const { instance, serviceObject, method: serviceMethod } = step;
        if (instance !== owner) yield { object, method, position, owner, instance, serviceObject, serviceMethod };
      }
    }
  }
}

export const summaryOf = (row: SmartObjectRow): SmartObjectSummary => JSON.parse(row.summary) as SmartObjectSummary;
export const entryOf = (row: SmartMethodEntryRow): MethodEntry => JSON.parse(row.entry) as MethodEntry;
export const methodOf = (row: SmartMethodRow): SmartMethod => JSON.parse(row.method) as SmartMethod;

export function smartObjectOf(row: SmartObjectRow, methods: readonly SmartMethod[]): SmartObject {
  return { ...summaryOf(row), properties: JSON.parse(row.properties) as SmartObject['properties'], methods };
}

/** Removes all SmartObjects of an instance. */
export async function deleteSmartObjects(manager: EntityManager, instance: string): Promise<boolean> {
  await manager.delete(smartStepEntity, { owner: instance });
  await manager.delete(smartMethodEntryEntity, { instance });
  await manager.delete(smartMethodEntity, { instance });
  const { affected } = await manager.delete(smartObjectEntity, { instance });
  return (affected ?? 0) > 0;
}
