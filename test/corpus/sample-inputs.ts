import fc from 'fast-check';
import type { JsonSchema, TypeMap } from '../../config/model/json-schema.js';
import { compileInput } from '../../runtime/engine/validate.js';
import { sample } from '../conformance/sample.js';

export interface Sampled {
  /** What is given: `required`, `everything`, or `everything as` another media type. */
  readonly what: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Inputs of a method that conform to its schema, always the same ones; and why one that was tried does not. */
export function sampleInputs(schema: JsonSchema, types: TypeMap): { inputs: Sampled[]; faults: string[] } {
  const validate = compileInput(schema, types);
  const faults: string[] = [];
  const inputs: Sampled[] = [];
  const seen = new Set<string>();
  const add = (what: string, value: unknown): void => {
    const input = ownInputsLeftOut(value, what);
    const key = JSON.stringify(input);
    if (seen.has(key)) return;
    seen.add(key);
    const [fault] = validate(input);
    if (fault === undefined) inputs.push({ what, input });
    else faults.push(`${what}: ${fault.pointer} ${fault.message}`);
  };
  for (const optional of [false, true])
    add(optional ? 'everything' : 'required', sample(schema, types, { optional, matching }));
  for (const mediaType of mediaTypes(schema).slice(1, 4)) {
    const value = sample(schema, types, { optional: true, matching }) as object;
    add(`everything as ${mediaType}`, { ...value, $contentType: mediaType });
  }
  return { inputs, faults };
}

/** The runtime's own inputs say nothing about the request, except for the media type that a sample is to be sent in. */
function ownInputsLeftOut(value: unknown, what: string): Record<string, unknown> {
  const left = new Set(['$next', '$headers', ...(what.includes(' as ') ? [] : ['$contentType'])]);
  return Object.fromEntries(Object.entries(value as object).filter(([name]) => !left.has(name)));
}

function mediaTypes(schema: JsonSchema): string[] {
  const choice = typeof schema === 'object' ? schema.properties?.$contentType : undefined;
  return typeof choice === 'object' ? ((choice.enum ?? []) as string[]) : [];
}

/** A text that matches a pattern; undefined where fast-check cannot make one. */
function matching(pattern: string): string | undefined {
  try {
    return fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { seed: 1, numRuns: 1 })[0];
  } catch {
    return undefined;
  }
}
