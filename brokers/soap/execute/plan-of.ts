import type { TypeMap } from '../../../config/model/json-schema.js';
import { type ComplexPlan, XML_PLAN } from '../plan.js';

/** How the values of a named type are written; undefined when the type is none of this broker's. */
export function planOf(types: TypeMap, name: string): ComplexPlan | undefined {
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  return typeof type === 'object' ? (type[XML_PLAN] as ComplexPlan | undefined) : undefined;
}
