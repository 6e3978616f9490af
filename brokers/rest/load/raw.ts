/** A JSON object as it came out of a descriptor: nothing about its members is known yet. */
export type RawObject = Readonly<Record<string, unknown>>;

export function isRawObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one when it is something else. */
export function rawObject(value: unknown): RawObject {
  return isRawObject(value) ? value : EMPTY;
}

/** The value as a list; an empty one when it is something else. */
export function rawArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value when it is a text with something in it. */
export function rawText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** An own member; never what the name stands for on `Object.prototype`. */
export function member(object: RawObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets a member under any name, `__proto__` too. */
export function put<T>(target: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
}

const EMPTY: RawObject = Object.freeze({});
