import {
  isRawObject,
  type Located,
  pointerTo,
  put,
  type RawObject,
  rawArray,
  rawObject,
  rawText,
  type Site,
} from '../load/index.js';
import type { XmlPlan } from '../plan.js';
import { typeKeyword } from '../types/type-keyword.js';
import { referenceOf, type Types } from '../types/types.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * How values of a schema are written as XML. The schemas that references name go to `defs`, so that a recursive one ends.
 * OpenAPI 3.1 §4.8.26; the root element is called by `xml.name`, else as the component.
 */
export function xmlPlan(types: Types, located: Located): XmlPlan {
  const defs: Record<string, XmlPlan> = {};
  const plan = planOf(types, located, defs, new Map());
  return Object.keys(defs).length > 0 ? { ...plan, defs } : plan;
}

type Named = Map<unknown, string>;

function planOf(types: Types, located: Located, defs: Record<string, XmlPlan>, named: Named): XmlPlan {
  const raw = rawObject(located.value);
  if (referenceOf(raw) === undefined) return inlinePlan(types, raw, located.site, defs, named);
  const target = types.target(raw, located.site);
  if (target === undefined || !isRawObject(target.value)) return {};
  let name = named.get(target.value);
  if (name === undefined) {
    name = types.named(target);
    named.set(target.value, name);
    put(defs, name, {});
    const component = target.site.pointer.slice(target.site.pointer.lastIndexOf('/') + 1);
    put(defs, name, {
      ...(component === '' ? {} : { name: component }),
      ...inlinePlan(types, target.value, target.site, defs, named),
    });
  }
  return { ref: name, ...xmlKeywords(raw) };
}

function inlinePlan(types: Types, raw: RawObject, site: Site, defs: Record<string, XmlPlan>, named: Named): XmlPlan {
  const plan: Mutable<XmlPlan> = xmlKeywords(raw);
  const type = typeKeyword(raw.type).types.find((candidate) => candidate !== 'null');
  if (type !== undefined) plan.type = type;
  else if (isRawObject(raw.properties)) plan.type = 'object';
  const properties: Record<string, XmlPlan> = {};
  const at = (value: unknown, ...steps: (string | number)[]) =>
    planOf(types, { value, site: { ...site, pointer: steps.reduce(pointerTo, site.pointer) } }, defs, named);
  for (const [index, member] of [...rawArray(raw.allOf), ...rawArray(raw.oneOf), ...rawArray(raw.anyOf)].entries()) {
    const part = at(member, 'allOf', index);
    const full = part.ref === undefined ? part : (defs[part.ref] ?? {});
    for (const [name, property] of Object.entries(full.properties ?? {})) put(properties, name, property);
    if (full.type !== undefined) plan.type ??= full.type;
    if (full.items !== undefined) plan.items ??= full.items;
  }
  for (const [name, property] of Object.entries(rawObject(raw.properties)))
    put(properties, name, at(property, 'properties', name));
  if (Object.keys(properties).length > 0) plan.properties = properties;
  if (isRawObject(raw.items)) plan.items = at(raw.items, 'items');
  return plan;
}

function xmlKeywords(raw: RawObject): Mutable<XmlPlan> {
  const xml = rawObject(raw.xml);
  const plan: Mutable<XmlPlan> = {};
  for (const key of ['name', 'namespace', 'prefix'] as const) {
    const text = rawText(xml[key]);
    if (text !== undefined) plan[key] = text;
  }
  // OpenAPI 3.2 says by `nodeType` what 3.1 says by two flags.
  if (xml.attribute === true || xml.nodeType === 'attribute') plan.attribute = true;
  if (xml.wrapped === true || xml.nodeType === 'element') plan.wrapped = true;
  if (xml.nodeType === 'text' || xml.nodeType === 'cdata') plan.text = true;
  return plan;
}
