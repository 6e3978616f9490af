import type { Field } from '@rjsf/utils';
import { createContext, use } from 'react';
import { flatName, flatPath } from '../../../../../config/model/flat-property.js';
import { ChoicesField } from './choices-field.tsx';
import { TypedField } from './typed-field.tsx';

/** The form at hand, for fields that ask the server by it. */
export interface MethodForm {
  readonly object: string;
  readonly method: string;
  /** What is filled in. */
  readonly input: Readonly<Record<string, unknown>>;
}

export const MethodFormContext = createContext<MethodForm | undefined>(undefined);

export function useMethodForm(): MethodForm {
  const form = use(MethodFormContext);
  if (form === undefined) throw new Error('The field stands outside of a method’s form.');
  return form;
}

/** The fields of a method's form that another method fills. */
export const methodFields: Readonly<Record<string, Field>> = { choices: ChoicesField, typed: TypedField };

/** The inputs that a design-time call takes from the form, by their flat names. */
export function neededInputs(source: unknown): string[] {
  const { inputs = {} } = source as { inputs?: Readonly<Record<string, { input?: unknown }>> };
  return Object.values(inputs).flatMap(({ input }) => (typeof input === 'string' ? [input] : []));
}

/** The part of an input that has only what stands under these flat names. */
export function partOf(input: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  const part: Record<string, unknown> = {};
  for (const name of names) {
    const path = flatPath(name);
    const value = path.reduce<unknown>((here, step) => memberOf(here, step), input);
    if (value !== undefined) place(part, path, value);
  }
  return part;
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function place(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let here = target;
  for (const step of path.slice(0, -1)) {
    here[step] ??= {};
    here = here[step] as Record<string, unknown>;
  }
  here[path.at(-1) ?? ''] = value;
}

/** The flat name of the input that a field draws: positions in lists are passed over. */
export const propertyOf = (path: readonly (string | number)[]): string =>
  flatName(path.filter((step) => typeof step === 'string'));
