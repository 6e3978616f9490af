import { dataTypeOf } from '../data-type.js';
import type { MethodName } from '../description-difference.js';
import { jsonPointer } from '../json-pointer.js';
import type { Description, ServiceMethod, ServiceObject } from '../service-object.js';
import { compareMethods } from './compare-methods.js';
import type { MethodChangeCode } from './impact.js';
import { SchemaComparison } from './schema-comparison.js';

/** Something that differs in a service object or a method itself. */
export interface ObjectChange {
  readonly code: MethodChangeCode;
  readonly pointer: string;
  readonly message: string;
  /** Of the former description; an added method is none. */
  readonly methods: readonly MethodName[];
}

export interface ObjectsComparison {
  readonly found: readonly ObjectChange[];
  readonly schemas: SchemaComparison;
  /** The methods of both descriptions; the comparison of schemas knows them by their place here. */
  readonly methods: readonly MethodName[];
}

/** Compares service objects and methods by their names, and the schemas of the methods that stay. */
export function compareObjects(former: Description, latter: Description): ObjectsComparison {
  const found: ObjectChange[] = [];
  const schemas = new SchemaComparison(former.types, latter.types);
  const methods: MethodName[] = [];
  const before = byName(former.serviceObjects);
  const after = byName(latter.serviceObjects);
  const moved = movedMethods(before, after);

  for (const [name, object] of before) {
    const next = after.get(name);
    if (next === undefined) {
      found.push(objectRemoved(object, moved));
      continue;
    }
    found.push(...compareProperties(object, next, former, latter));
    const nextMethods = byName(next.methods);
    for (const method of object.methods) {
      const named: MethodName = { serviceObject: name, method: method.name };
      const kept = nextMethods.get(method.name);
      if (kept === undefined) {
        const now = moved.get(keyOf(named));
        const where = now === undefined ? '' : `; the same call is ${now.serviceObject}.${now.method} now`;
        const message = `Method ${name}.${method.name} is gone${where}.`;
        found.push({ code: 'METHOD_REMOVED', pointer: pointerOf(named), message, methods: [named] });
      } else {
        found.push(...compareMethods(method, kept, named, pointerOf(named), schemas, methods.push(named) - 1));
      }
    }
    const formerMethods = byName(object.methods);
    for (const method of next.methods) {
      if (formerMethods.has(method.name)) continue;
      const pointer = pointerOf({ serviceObject: name, method: method.name });
      found.push({ code: 'METHOD_ADDED', pointer, message: `Method ${name}.${method.name} is new.`, methods: [] });
    }
  }
  for (const [name, { methods: own }] of after) {
    if (before.has(name)) continue;
    const message = `Service object ${name} is new, with ${counted(own.length)}.`;
    found.push({ code: 'SERVICE_OBJECT_ADDED', pointer: jsonPointer(['serviceObjects', name]), message, methods: [] });
  }
  return { found, schemas, methods };
}

function objectRemoved({ name, methods }: ServiceObject, moved: ReadonlyMap<string, MethodName>): ObjectChange {
  const names = methods.map((method): MethodName => ({ serviceObject: name, method: method.name }));
  const targets = names.flatMap((method) => moved.get(keyOf(method)) ?? []);
  const objects = [...new Set(targets.map(({ serviceObject }) => serviceObject))];
  const where =
    objects.length === 0 ? '' : `; ${counted(targets.length)} of it can be found in ${objects.join(', ')} now`;
  const message = `Service object ${name} is gone, with ${counted(methods.length)}${where}.`;
  return { code: 'SERVICE_OBJECT_REMOVED', pointer: jsonPointer(['serviceObjects', name]), message, methods: names };
}

const counted = (count: number): string => (count === 1 ? '1 method' : `${count} methods`);

function* compareProperties(
  former: ServiceObject,
  latter: ServiceObject,
  { types: formerTypes }: Description,
  { types: latterTypes }: Description,
): Generator<ObjectChange> {
  const after = byName(latter.properties);
  const methods = former.methods.map(({ name: method }) => ({ serviceObject: former.name, method }));
  for (const property of former.properties) {
    const pointer = jsonPointer(['serviceObjects', former.name, 'properties', property.name]);
    const next = after.get(property.name);
    const told = `Property "${property.name}" of ${former.name}`;
    if (next === undefined) {
      yield { code: 'OBJECT_PROPERTY_REMOVED', pointer, message: `${told} is gone.`, methods: [] };
      continue;
    }
    const was = dataTypeOf(property.schema, formerTypes, property);
    const is = dataTypeOf(next.schema, latterTypes, next);
    if (was !== is)
      yield { code: 'DATA_TYPE_CHANGED', pointer, message: `${told} is a ${is} now; it was a ${was}.`, methods: [] };
  }
  const keys = (object: ServiceObject): string =>
    object.properties.flatMap(({ name, key }) => (key === true ? [`"${name}"`] : [])).join(', ');
  const [was, is] = [keys(former), keys(latter)];
  if (was === is) return;
  const pointer = jsonPointer(['serviceObjects', former.name, 'properties']);
  const message = `The key of ${former.name} is ${is || 'no property'} now; it was ${was || 'no property'}.`;
  yield { code: 'KEY_CHANGED', pointer, message, methods: was === '' ? [] : methods };
}

/** Where each method went that has another name now: its call is the same, which the broker's binding tells. */
function movedMethods(
  before: ReadonlyMap<string, ServiceObject>,
  after: ReadonlyMap<string, ServiceObject>,
): Map<string, MethodName> {
  const added = new Map<string, MethodName>();
  for (const [named, { binding }] of without(after, before)) added.set(JSON.stringify(binding), named);
  const moved = new Map<string, MethodName>();
  if (added.size === 0) return moved;
  for (const [named, { binding }] of without(before, after)) {
    const now = added.get(JSON.stringify(binding));
    if (now !== undefined) moved.set(keyOf(named), now);
  }
  return moved;
}

/** The methods of some service objects that the others do not have. */
function* without(
  objects: ReadonlyMap<string, ServiceObject>,
  others: ReadonlyMap<string, ServiceObject>,
): Generator<[MethodName, ServiceMethod]> {
  for (const [serviceObject, { methods }] of objects) {
    const known = new Set(others.get(serviceObject)?.methods.map(({ name }) => name));
    for (const method of methods) if (!known.has(method.name)) yield [{ serviceObject, method: method.name }, method];
  }
}

const keyOf = ({ serviceObject, method }: MethodName): string => JSON.stringify([serviceObject, method]);

const pointerOf = ({ serviceObject, method }: MethodName): string =>
  jsonPointer(['serviceObjects', serviceObject, 'methods', method]);

function byName<T extends { readonly name: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.name, item]));
}
