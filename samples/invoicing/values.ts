import { MessageFault } from './fault.js';
import { isNil } from './members.js';
import type { Element } from './xml-document.js';

/** Reads the text of a simple element; absent and null are null. */
type ReadSimple<T> = (element: Element | undefined) => T | null;

const simple =
  <T>(what: string, read: (text: string) => T | undefined): ReadSimple<T> =>
  (element) => {
    if (element === undefined || isNil(element)) return null;
    const text = element.textContent ?? '';
    const value = read(text);
    if (value === undefined) throw new MessageFault(`<${element.localName}> is "${text.slice(0, 100)}", not ${what}.`);
    return value;
  };

export const text: ReadSimple<string> = simple('text', (value) => value);

export const int: ReadSimple<number> = simple('an int', (value) => {
  const number = /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : Number.NaN;
  return number >= -(2 ** 31) && number < 2 ** 31 ? number : undefined;
});

export const decimal: ReadSimple<number> = simple('a decimal', (value) =>
  /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)\s*$/.test(value) ? Number(value) : undefined,
);

export const dateTime: ReadSimple<string> = simple('a dateTime', (value) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/.test(value.trim()) ? value.trim() : undefined,
);

export const oneOf = <T extends string>(values: readonly T[]): ReadSimple<T> =>
  simple(`one of ${values.join(', ')}`, (value) => values.find((one) => one === value));
