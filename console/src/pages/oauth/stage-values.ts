import { isMarker } from '../../documents/document-form.tsx';
import { type Stage, stages } from './documents.ts';

/** A text, a list, or the marker of a stored secret. */
export type Value = unknown;

/** Whether a value is given for each stage apart. */
export const isByStage = (values: Value): values is Readonly<Partial<Record<Stage, Value>>> =>
  typeof values === 'object' && values !== null && !Array.isArray(values) && !isMarker(values);

/** The value for one stage; one value is that of every stage. */
export const valueIn = (values: Value, stage: Stage): Value => (isByStage(values) ? values[stage] : values);

/** The same values with another one for a stage; undefined takes it out, and undefined is left when none is. */
export function withStage(values: Value, stage: Stage, value: Value): Value {
  const before = isByStage(values) ? values : {};
  const after = stages.flatMap((one) => {
    const its = one === stage ? value : before[one];
    return its === undefined ? [] : [[one, its] as const];
  });
  return after.length === 0 ? undefined : Object.fromEntries(after);
}

/** One value for each of these stages; a stored secret stays where it is and cannot be spread. */
export function spread(values: Value, sent: readonly Stage[]): Value {
  if (isByStage(values)) return values;
  if (values === undefined || isMarker(values)) return {};
  return Object.fromEntries(sent.map((stage) => [stage, values]));
}

/** One value for all; the first that is given. */
export const gathered = (values: Value): Value =>
  isByStage(values)
    ? stages.map((stage) => values[stage]).find((value) => value !== undefined && !isMarker(value))
    : values;

/** How a value is typed in: a list's items stand side by side. */
export const asText = (value: Value): string =>
  Array.isArray(value) ? value.join(' ') : typeof value === 'string' ? value : '';

/** What was typed in; what was a list stays one. */
export function fromText(text: string, former: Value): Value {
  if (text === '') return undefined;
  return Array.isArray(former) ? text.split(/\s+/).filter((item) => item !== '') : text;
}
