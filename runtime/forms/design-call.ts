import { plainSchema } from '../../config/model/data-type.js';
import { type DesignCall, type DesignFacts, designFacts } from '../../config/model/designer.js';
import { CallerError } from '../../config/model/errors.js';
import { flatPath } from '../../config/model/flat-property.js';
import { referencedTypes } from '../../config/model/json-schema.js';
import type { Principal } from '../../config/model/principal.js';
import { type SmartMethod, smartObjectName } from '../../config/model/smart-object.js';
import type { Store } from '../../config/store/store.js';
import type { Engine } from '../engine/engine.js';
import { findProperty } from './find-property.js';

/** What a tool asks for while a person fills in the form of a method. */
export interface DesignQuestion {
  readonly object: string;
  readonly method: string;
  /** Flat name of the input, `address.country`; a list on the way is passed through. */
  readonly property: string;
  /** What the person has filled in so far. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** With what it is answered. */
export interface DesignContext {
  readonly store: Pick<Store, 'smartObjects' | 'descriptions'>;
  readonly engine: Pick<Engine, 'execute'>;
  readonly principal: Principal;
  readonly signal: AbortSignal;
}

/** The inputs of the call at hand, or the flat names of those that have to be filled in before. */
export type BoundDesignCall =
  | { readonly input: Readonly<Record<string, unknown>> }
  | { readonly waitsFor: readonly string[] };

/**
 * What designers are told of an input, wherever it stands in the method's schema.
 *
 * @throws CallerError NOT_FOUND when there is no such method or input
 */
export async function designFactsOf(
  { object, method: name, property }: DesignQuestion,
  store: DesignContext['store'],
): Promise<DesignFacts> {
  const found = await store.smartObjects.method(object, name);
  if (found === undefined) {
    throw new CallerError(
      'NOT_FOUND',
      `There is no method ${object}.${name}. GET /api/smartobjects lists what there is.`,
    );
  }
  const { instance, method } = found;
  const types = await store.descriptions.types(instance, referencedTypes(method.input));
  const schemas = findProperty(method.input, flatPath(property), types);
  if (schemas.length === 0) {
    throw new CallerError('NOT_FOUND', `${object}.${name} has no input "${property.slice(0, 200)}".`);
  }
  const told = schemas.map((schema) => designFacts(schema, types, (called) => smartObjectName(instance, called)));
  return Object.assign({}, ...told);
}

/**
 * Fills the inputs of a design-time call from its fixed values and from the form. An input that is not filled in yet is left out,
 * unless the call cannot do without it.
 */
export async function bindDesignCall(
  call: DesignCall,
  form: DesignQuestion['input'],
  store: DesignContext['store'],
): Promise<BoundDesignCall> {
  const input: Record<string, unknown> = {};
  const missing: [name: string, from: string][] = [];
  for (const [name, source] of Object.entries(call.inputs)) {
    const value = 'value' in source ? source.value : valueAt(form, flatPath(source.input));
    if (isFilledIn(value)) input[name] = value;
    else if ('input' in source) missing.push([name, source.input]);
  }
  if (missing.length === 0) return { input };
  const found = await store.smartObjects.method(call.object, call.method);
  const needed = found === undefined ? new Set<string>() : await requiredInputs(found, store);
  const waitsFor = missing.filter(([name]) => needed.has(name)).map(([, from]) => from);
  return waitsFor.length > 0 ? { waitsFor } : { input };
}

async function requiredInputs(
  { instance, method }: { instance: string; method: SmartMethod },
  store: DesignContext['store'],
): Promise<ReadonlySet<string>> {
  const types = await store.descriptions.types(instance, referencedTypes(method.input));
  return new Set(plainSchema(method.input, types)?.required);
}

const isFilledIn = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** What stands at a path of property names; undefined where the way ends. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let here = value;
  for (const name of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as Readonly<Record<string, unknown>>)[name];
  }
  return here;
}
