import { childElements, parseXml, textOf, type XmlElement } from '../../../xml/index.js';
import type { XmlPlan } from '../../plan.js';
import { itemName, resolve, type XmlScope } from './names.js';

const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/**
 * Reads an XML document by its plan (OpenAPI 3.1 §4.8.26); what the plan does not name is read by its shape.
 *
 * @throws XmlSyntaxError
 */
export function readXml(text: string, plan: XmlPlan | undefined): unknown {
  const root = parseXml(text);
  const { plan: rootPlan, scope } = resolve(plan, []);
  if (rootPlan.type !== 'array') return elementValue(root, rootPlan, scope);
  const items = resolve(rootPlan.items, scope);
  return childElements(root).map((child) => elementValue(child, items.plan, items.scope));
}

function elementValue(element: XmlElement, given: XmlPlan | undefined, outer: XmlScope): unknown {
  const { plan, scope } = resolve(given, outer);
  if (
    element.attributes.some(
      ({ name, namespace, value }) => namespace === INSTANCE && name === 'nil' && value === 'true',
    )
  ) {
    return null;
  }
  if (plan.type === 'array') return listOf(element, plan, scope);
  if (plan.type === 'object' || plan.properties !== undefined) return objectOf(element, plan, scope);
  return plan.type === undefined ? byShape(element) : typed(textOf(element), plan.type);
}

function listOf(element: XmlElement, plan: XmlPlan, scope: XmlScope): unknown[] {
  const items = resolve(plan.items, scope);
  return childElements(element).map((child) => elementValue(child, items.plan, items.scope));
}

function objectOf(element: XmlElement, plan: XmlPlan, scope: XmlScope): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  const taken = new Set<unknown>();
  for (const [name, given] of Object.entries(plan.properties ?? {})) {
    const { plan: property, scope: inside } = resolve(given, scope);
    const found = read(element, name, property, inside, taken);
    if (found !== undefined) entries.push([name, found]);
  }
  const others = childElements(element).filter((child) => !taken.has(child));
  // Own properties only, whatever they are named: fromEntries defines, it does not assign.
  return Object.fromEntries([...entries, ...(others.length === 0 ? [] : grouped(others))]);
}

/** One planned property's value; undefined when the element does not have it. */
function read(element: XmlElement, name: string, plan: XmlPlan, scope: XmlScope, taken: Set<unknown>): unknown {
  if (plan.attribute === true) {
    const found = element.attributes.find((attribute) => named(attribute, plan.name ?? name, plan));
    return found === undefined ? undefined : typed(found.value, plan.type ?? 'string');
  }
  if (plan.text === true) return typed(textOf(element), plan.type ?? 'string');
  if (plan.type !== 'array' || plan.wrapped === true) {
    const child = childElements(element).find((candidate) => named(candidate, plan.name ?? name, plan));
    if (child === undefined) return undefined;
    taken.add(child);
    return elementValue(child, plan, scope);
  }
  const items = resolve(plan.items, scope);
  const label = itemName(plan, items.plan, name);
  const children = childElements(element).filter((candidate) => named(candidate, label, items.plan));
  for (const child of children) taken.add(child);
  return children.length === 0 ? undefined : children.map((child) => elementValue(child, items.plan, items.scope));
}

function named(node: { name: string; namespace: string }, name: string, plan: XmlPlan): boolean {
  return node.name === name && (plan.namespace === undefined || node.namespace === plan.namespace);
}

/** Without a plan: text, or an object of the children; those of the same name are a list. */
function byShape(element: XmlElement): unknown {
  return childElements(element).length === 0 ? textOf(element) : Object.fromEntries(grouped(childElements(element)));
}

function grouped(children: readonly XmlElement[]): [string, unknown][] {
  const groups = new Map<string, unknown[]>();
  for (const child of children) {
    const group = groups.get(child.name);
    if (group === undefined) groups.set(child.name, [byShape(child)]);
    else group.push(byShape(child));
  }
  return [...groups].map(([name, values]) => [name, values.length === 1 ? values[0] : values]);
}

/** Text as the type that the schema names; text that is not of the type stays text, for validation to tell. */
function typed(text: string, type: NonNullable<XmlPlan['type']>): unknown {
  const plain = text.trim();
  if (type === 'boolean')
    return plain === 'true' || plain === '1' ? true : plain === 'false' || plain === '0' ? false : text;
  if (type !== 'number' && type !== 'integer') return text;
  if (!/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(plain)) return text;
  const number = Number(plain);
  return /^-?\d+$/.test(plain) && !Number.isSafeInteger(number) ? BigInt(plain) : number;
}
