/**
 * Values in the flat form of `flat-property.ts`: `{ address: { city: 'Ulm' } }` is `{ 'address.city': 'Ulm' }`. Nothing is lost:
 * null, an empty object, a member that the description does not name, and a value that is no object where one is described
 * stay whole under the name of where they stand; `nestValue` gives back what was flattened.
 */
import { type FlatShape, flatName, flatPath } from './flat-property.js';

type Members = Record<string, unknown>;

/** A flat name with more levels than this is refused. */
export const MOST_LEVELS = 100;

/** The flat form of an object; any other value is given back as it is. Lists stay lists, whatever their items are. */
export function flattenValue(value: unknown, shape: FlatShape): unknown {
  if (!isObject(value)) return value;
  const flat: Members = {};
  const walk = (object: Members, members: FlatShape, path: readonly string[]): void => {
    for (const [name, member] of Object.entries(object)) {
      const inner = members.get(name);
      const here = [...path, name];
      if (inner !== undefined && isObject(member) && !isEmpty(member)) walk(member, inner, here);
      else put(flat, flatName(here), member);
    }
  };
  walk(value, shape, []);
  return flat;
}

/** The object that a flat one stands for: every name is read as a path. */
export function nestValue(flat: Members): Members {
  const nesting = new Nesting();
  for (const [name, value] of Object.entries(flat)) nesting.set(flatPath(name), value, name);
  return nesting.object;
}

/** A member that cannot be where a flat name puts it. */
export interface FlatConflict {
  /** The name that was given last, as it was written. */
  readonly name: string;
  /** What is wrong, as the end of a sentence that begins with the name. */
  readonly message: string;
}

/** An object that is put together of members at any depth. What it was given is not changed. */
export class Nesting {
  readonly object: Members = {};
  readonly conflicts: FlatConflict[] = [];
  /** The objects made here; all others are the caller's and are copied before they change. */
  readonly #own = new WeakSet<object>([this.object]);

  /** Puts a value at a path. A value that is there already is a conflict, unless both are objects: those become one. */
  set(path: readonly string[], value: unknown, name: string): void {
    if (path.length > MOST_LEVELS) {
      this.conflicts.push({ name: `${name.slice(0, 100)}…`, message: `has more than ${MOST_LEVELS} levels` });
      return;
    }
    let object = this.object;
    for (const [level, step] of path.slice(0, -1).entries()) {
      const found = Object.hasOwn(object, step) ? object[step] : undefined;
      if (found === undefined && !Object.hasOwn(object, step)) {
        object = this.#member(object, step, {});
      } else if (isObject(found)) {
        object = this.#own.has(found) ? found : this.#member(object, step, { ...found });
      } else {
        const whole = JSON.stringify(flatName(path.slice(0, level + 1)));
        this.conflicts.push({ name, message: `does not go together with ${whole}, which is given and is no object` });
        return;
      }
    }
    this.#merge(object, path.at(-1) ?? '', value, name, path.length);
  }

  #merge(object: Members, step: string, value: unknown, name: string, level: number): void {
    if (!Object.hasOwn(object, step)) {
      put(object, step, value);
      return;
    }
    const found = object[step];
    if (!isObject(found) || !isObject(value) || level > MOST_LEVELS) {
      this.conflicts.push({ name, message: 'is given twice, as a flat name and as a part of another value' });
      return;
    }
    const target = this.#own.has(found) ? found : this.#member(object, step, { ...found });
    for (const [member, inner] of Object.entries(value)) this.#merge(target, member, inner, name, level + 1);
  }

  #member(object: Members, step: string, member: Members): Members {
    this.#own.add(member);
    put(object, step, member);
    return member;
  }
}

/** Sets a member, also one that is called `__proto__`. */
function put(object: Members, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[name] = value;
  }
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(object: Members): boolean {
  for (const _ in object) return false;
  return true;
}
