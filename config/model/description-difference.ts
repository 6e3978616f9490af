/**
 * What differs between two descriptions of a service, as those see it who call its methods: by service objects, methods, inputs,
 * results and types. Pure; linear in the size of the descriptions.
 */
import { compareObjects } from './difference/compare-objects.js';
import { type Impact, impacts, methodChanges, worst } from './difference/impact.js';
import { subject } from './difference/phrases.js';
import { affectedBy, firstUsers, type UserNames } from './difference/users.js';
import { jsonPointer } from './json-pointer.js';
import type { Description } from './service-object.js';

export { type Impact, impacts, worst } from './difference/impact.js';

/** A method of a description, by its names. */
export interface MethodName {
  readonly serviceObject: string;
  readonly method: string;
}

/** One thing that differs. */
export interface DescriptionChange {
  readonly impact: Impact;
  /** A stable identifier of the kind of change, such as `PROPERTY_REMOVED`; see `schemaChanges` and `methodChanges`. */
  readonly code: string;
  /**
   * JSON Pointer (RFC 6901) into the new description, for what is gone into the former one. Service objects and methods are
   * named, not numbered: `/serviceObjects/Contact/methods/Read/input/properties/id`, `/types/Contact/properties/name`.
   */
  readonly pointer: string;
  /** One sentence. */
  readonly message: string;
  /** Methods that it touches, the first `MOST_METHODS`. */
  readonly methods: readonly MethodName[];
  /** There are more methods than named. */
  readonly more?: true;
}

/** A method that was there before, and the worst that happened to it. */
export interface AffectedMethod extends MethodName {
  readonly impact: Impact;
}

/** All that differs. */
export interface DescriptionDifference {
  /** The worst of all changes. */
  readonly impact: Impact;
  /** Breaking ones first, in order of their pointers. */
  readonly changes: readonly DescriptionChange[];
  /** Every former method that a change touches, but for changes that no caller sees. */
  readonly methods: readonly AffectedMethod[];
}

/** Methods named with one change. */
export const MOST_METHODS = 20;

/** Compares a description with the one that is to replace it. */
export function compareDescriptions(former: Description, latter: Description): DescriptionDifference {
  const { found, schemas, methods } = compareObjects(former, latter);
  const changes: DescriptionChange[] = found.map(({ code, pointer, message, methods: touched }) => ({
    impact: methodChanges[code],
    code,
    pointer,
    message,
    methods: touched,
  }));
  const all = [...schemas.changes];
  const names: UserNames = (method) => methods[method];
  for (const { code, impact, pointer, text, direction, nodes } of all) {
    const users = firstUsers(nodes, MOST_METHODS + 1).flatMap((user) => names(user) ?? []);
    const side = pointer.startsWith('/types/') ? (direction === 'input' ? ' (as an input)' : ' (in results)') : '';
    changes.push({
      impact,
      code,
      pointer,
      message: `${subject(pointer)}${side} ${text}.`,
      methods: users.slice(0, MOST_METHODS),
      ...(users.length > MOST_METHODS && { more: true }),
    });
  }
  changes.push(...compareTypes(former, latter), ...compareHosts(former, latter));
  const order = (impact: Impact): number => impacts.indexOf(impact);
  changes.sort(
    (a, b) => order(a.impact) - order(b.impact) || compareText(a.pointer, b.pointer) || compareText(a.code, b.code),
  );
  const direct = found.flatMap(({ code, methods: touched }) =>
    touched.map((method): AffectedMethod => ({ ...method, impact: methodChanges[code] })),
  );
  return {
    impact: worst(changes.map(({ impact }) => impact)),
    changes,
    methods: affectedMethods(direct, affectedBy(all), names),
  };
}

function affectedMethods(
  direct: readonly AffectedMethod[],
  bySchema: ReadonlyMap<number, Impact>,
  names: UserNames,
): AffectedMethod[] {
  const affected = new Map<string, AffectedMethod>();
  const add = (method: AffectedMethod): void => {
    const key = JSON.stringify([method.serviceObject, method.method]);
    const known = affected.get(key);
    const impact = worst([method.impact, known?.impact ?? 'none']);
    if (impact !== 'none') affected.set(key, { serviceObject: method.serviceObject, method: method.method, impact });
  };
  for (const method of direct) add(method);
  for (const [user, impact] of bySchema) {
    const name = names(user);
    if (name !== undefined) add({ ...name, impact });
  }
  return [...affected.values()];
}

function* compareTypes({ types: before }: Description, { types: after }: Description): Generator<DescriptionChange> {
  const named = (code: 'TYPE_ADDED' | 'TYPE_REMOVED', name: string, message: string): DescriptionChange => ({
    impact: methodChanges[code],
    code,
    pointer: jsonPointer(['types', name]),
    message,
    methods: [],
  });
  for (const name of Object.keys(before)) {
    if (Object.hasOwn(after, name)) continue;
    yield named(
      'TYPE_REMOVED',
      name,
      `Type ${name} is gone; code that imports it from a generated module has to be changed.`,
    );
  }
  for (const name of Object.keys(after)) {
    if (!Object.hasOwn(before, name)) yield named('TYPE_ADDED', name, `Type ${name} is new.`);
  }
}

function* compareHosts({ hosts: before }: Description, { hosts: after }: Description): Generator<DescriptionChange> {
  const pointer = '/hosts';
  for (const host of after.filter((host) => !before.includes(host))) {
    const message = `Calls, with their credentials, go to ${host} now too.`;
    yield { impact: methodChanges.HOST_ADDED, code: 'HOST_ADDED', pointer, message, methods: [] };
  }
  for (const host of before.filter((host) => !after.includes(host))) {
    const message = `No call goes to ${host} any more.`;
    yield { impact: methodChanges.HOST_REMOVED, code: 'HOST_REMOVED', pointer, message, methods: [] };
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
