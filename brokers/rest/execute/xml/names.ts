import type { XmlPlan } from '../../plan.js';

/** The plans that `ref` can name, nearest last. */
export type XmlScope = readonly Readonly<Record<string, XmlPlan>>[];

export interface Resolved {
  readonly plan: XmlPlan;
  readonly scope: XmlScope;
}

/** Follows `ref` and enters `defs`. A reference's own name, namespace and prefix win over those of what it refers to. */
export function resolve(plan: XmlPlan | undefined, scope: XmlScope): Resolved {
  let current = plan ?? {};
  let inside = current.defs === undefined ? scope : [...scope, current.defs];
  for (let hops = 0; current.ref !== undefined && hops < 100; hops++) {
    const { ref, defs: _, ...own } = current;
    const target = find(ref, inside);
    if (target?.defs !== undefined) inside = [...inside, target.defs];
    current = { ...target, ...own, ...(target?.ref === undefined ? {} : { ref: target.ref }) };
  }
  return { plan: current, scope: inside };
}

function find(ref: string, scope: XmlScope): XmlPlan | undefined {
  const defs = scope.findLast((candidates) => Object.hasOwn(candidates, ref));
  return defs?.[ref];
}

/** A property's plan; undefined for one that the schema does not name. */
export function propertyPlan({ properties }: XmlPlan, name: string): XmlPlan | undefined {
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/**
 * The local name of a list's items: their own, else the list's where it is wrapped, else the property's. OpenAPI 3.1 §4.8.26.2:
 * the name of a list that is not wrapped has no effect.
 */
export function itemName(list: XmlPlan, items: XmlPlan, property: string): string {
  return items.name ?? (list.wrapped === true ? list.name : undefined) ?? property;
}
