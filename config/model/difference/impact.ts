/**
 * What a change of a description means to those who call its methods. What a method takes may only widen, what it gives may
 * only narrow; the other way round, something that worked stops working.
 */

/**
 * `breaking`: calls that worked fail, or code that reads results meets what it was told not to expect. `warning`: calls work on,
 * and values may come that have not come before. `additive`: there is more to use. `none`: a caller sees no difference.
 */
export const impacts = ['breaking', 'warning', 'additive', 'none'] as const;
export type Impact = (typeof impacts)[number];

/** Which way a value goes: `input` to the service, `output` from it. */
export type Direction = 'input' | 'output';

/** What each change of a schema means, by the direction of the values that it describes. */
export const schemaChanges = {
  PROPERTY_ADDED: { input: 'additive', output: 'additive' },
  REQUIRED_PROPERTY_ADDED: { input: 'breaking', output: 'additive' },
  PROPERTY_REMOVED: { input: 'breaking', output: 'breaking' },
  BECAME_REQUIRED: { input: 'breaking', output: 'additive' },
  BECAME_OPTIONAL: { input: 'additive', output: 'breaking' },
  TYPE_CHANGED: { input: 'breaking', output: 'breaking' },
  TYPE_NARROWED: { input: 'breaking', output: 'additive' },
  TYPE_WIDENED: { input: 'additive', output: 'breaking' },
  NULL_ADDED: { input: 'additive', output: 'breaking' },
  NULL_REMOVED: { input: 'breaking', output: 'additive' },
  // Services add values all the time, and careful code has a branch for the unknown one: told, and not refused.
  VALUES_ADDED: { input: 'additive', output: 'warning' },
  VALUES_REMOVED: { input: 'breaking', output: 'additive' },
  VALUES_OPENED: { input: 'additive', output: 'warning' },
  VALUES_CLOSED: { input: 'breaking', output: 'additive' },
  FORMAT_CHANGED: { input: 'breaking', output: 'breaking' },
  FORMAT_ADDED: { input: 'breaking', output: 'additive' },
  FORMAT_REMOVED: { input: 'additive', output: 'breaking' },
  VARIANT_ADDED: { input: 'additive', output: 'breaking' },
  VARIANT_REMOVED: { input: 'breaking', output: 'additive' },
  DISCRIMINATOR_CHANGED: { input: 'breaking', output: 'breaking' },
  OBJECT_CLOSED: { input: 'breaking', output: 'additive' },
  OBJECT_OPENED: { input: 'additive', output: 'additive' },
  CONSTRAINT_TIGHTENED: { input: 'breaking', output: 'additive' },
  CONSTRAINT_LOOSENED: { input: 'additive', output: 'warning' },
  CONSTRAINT_CHANGED: { input: 'breaking', output: 'warning' },
  DEFAULT_CHANGED: { input: 'warning', output: 'none' },
  DEPRECATED: { input: 'warning', output: 'warning' },
} as const satisfies Record<string, Record<Direction, Impact>>;

export type SchemaChangeCode = keyof typeof schemaChanges;

/** What each change of a method, a service object or the whole service means. */
export const methodChanges = {
  SERVICE_OBJECT_ADDED: 'additive',
  SERVICE_OBJECT_REMOVED: 'breaking',
  KEY_CHANGED: 'breaking',
  OBJECT_PROPERTY_REMOVED: 'breaking',
  DATA_TYPE_CHANGED: 'breaking',
  METHOD_ADDED: 'additive',
  METHOD_REMOVED: 'breaking',
  METHOD_DEPRECATED: 'warning',
  KIND_CHANGED: 'breaking',
  PAGING_ADDED: 'additive',
  PAGING_REMOVED: 'breaking',
  RESULT_ADDED: 'additive',
  RESULT_REMOVED: 'breaking',
  TEXT_CHANGED: 'none',
  BINDING_CHANGED: 'none',
  TYPE_ADDED: 'additive',
  // Calls work on, and code that imports the type from a generated module does not compile.
  TYPE_REMOVED: 'warning',
  // Credentials go to a host that nobody has seen yet.
  HOST_ADDED: 'warning',
  HOST_REMOVED: 'none',
} as const satisfies Record<string, Impact>;

export type MethodChangeCode = keyof typeof methodChanges;

/** The worst of several. */
export function worst(found: Iterable<Impact>): Impact {
  let place = impacts.length - 1;
  for (const impact of found) place = Math.min(place, impacts.indexOf(impact));
  return impacts[place] ?? 'none';
}
