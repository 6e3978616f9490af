import type { EntityManager } from 'typeorm';
import { referencedTypes } from '../../model/json-schema.js';
import type { Description } from '../../model/service-object.js';
import {
  descriptionEntity,
  type ServiceMethodRow,
  type ServiceObjectRow,
  serviceMethodEntity,
  serviceObjectEntity,
  type TypeRow,
  typeEntity,
} from '../entities/description.js';
import { descriptionVersionEntity } from '../entities/description-version.js';

export function* objectRows(id: string, { serviceObjects }: Description): Generator<ServiceObjectRow> {
  for (const [position, { methods: _, ...head }] of serviceObjects.entries()) {
    yield { description: id, name: head.name, position, head: JSON.stringify(head) };
  }
}

export function* methodRows(id: string, { serviceObjects }: Description): Generator<ServiceMethodRow> {
  for (const { name: object, methods } of serviceObjects) {
    for (const [position, method] of methods.entries()) {
      yield { description: id, object, name: method.name, position, method: JSON.stringify(method) };
    }
  }
}

export function* typeRows(id: string, { types }: Description): Generator<TypeRow> {
  let position = 0;
  for (const [name, schema] of Object.entries(types)) {
    const refersTo = JSON.stringify([...referencedTypes(schema)]);
    yield { description: id, name, position: position++, schema: JSON.stringify(schema), refersTo };
  }
}

/** Removes an instance's description with all its parts and former versions. */
export async function deleteDescription(manager: EntityManager, instance: string): Promise<boolean> {
  const row = await manager.findOneBy(descriptionEntity, { instance });
  if (row === null) return false;
  await manager.delete(descriptionEntity, { instance });
  await manager.delete(descriptionVersionEntity, { instance });
  await deleteParts(manager, row.id);
  return true;
}

/** Removes the parts of a description that is no longer the current one. */
export async function deleteParts(manager: EntityManager, description: string): Promise<void> {
  await manager.delete(serviceMethodEntity, { description });
  await manager.delete(serviceObjectEntity, { description });
  await manager.delete(typeEntity, { description });
}
