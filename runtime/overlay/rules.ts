import { adjustsLists, type Broker } from '../../brokers/broker.js';
import { flatPath } from '../../config/model/flat-property.js';
import type { JsonSchema } from '../../config/model/json-schema.js';
import type { MethodRule, ObjectRule, PropertyRule, TypeRule } from '../../config/model/overlay.js';
import type { ServiceMethod } from '../../config/model/service-object.js';
import { changeProperty, declaredNames } from './declared-property.js';
import { unfit, unmatched } from './fault.js';
import { patchedSchema } from './merge-patch.js';
import { propertyChange } from './property-rule.js';
import type { WorkingCopy, WorkingMethod, WorkingObject } from './working-copy.js';

type Path = readonly string[];

/** Applies a method's rule, but for its names. */
export async function applyMethodRule(
  copy: WorkingCopy,
  working: WorkingMethod,
  rule: MethodRule,
  broker: Broker,
  at: Path,
): Promise<void> {
  const { displayName, description, visibility, deprecated } = rule;
  working.method = {
    ...working.method,
    ...(displayName === undefined ? {} : { displayName }),
    ...(description === undefined ? {} : { description }),
    ...(visibility === undefined ? {} : { visibility }),
    ...(deprecated === undefined ? {} : { deprecated }),
  };
  await applyKind(copy, working, rule, broker, at);
  const { method } = working;
  const input = changed(copy, method.input, rule.inputs, 'input', [...at, 'inputs']);
  const output = changed(copy, method.output, rule.outputs, 'output', [...at, 'outputs']);
  working.method = { ...method, input, output };
}

/** What a method's kind is, and for a list where its items and its pages are. */
async function applyKind(
  copy: WorkingCopy,
  working: WorkingMethod,
  { kind, items, paging }: MethodRule,
  broker: Broker,
  at: Path,
): Promise<void> {
  const { method } = working;
  const wanted = kind ?? method.kind;
  const isList = wanted === 'list';
  const asList = items !== undefined || paging !== undefined;
  if (asList && !isList) {
    copy.faults.push(unfit(at, `"items" and "paging" are of lists, and this is of kind "${wanted}". Set kind: list.`));
    return;
  }
  let result: ServiceMethod | string = method;
  if (asList || isList !== (method.kind === 'list')) {
    result = adjustsLists(broker)
      ? await broker.adjustList(method, { isList, items, paging }, copy.types)
      : `a service of type "${broker.type}" cannot have its lists changed`;
  }
  if (typeof result === 'string') copy.faults.push(unfit(at, `This cannot be: ${result}.`));
  else working.method = { ...result, kind: wanted };
}

function changed(
  copy: WorkingCopy,
  schema: JsonSchema,
  rules: Readonly<Record<string, PropertyRule>> | undefined,
  what: string,
  at: Path,
): JsonSchema {
  let result = schema;
  for (const [name, rule] of Object.entries(rules ?? {})) {
    const after = changeProperty(result, flatPath(name), propertyChange(rule, copy), copy.types);
    if (after === undefined) copy.faults.push(unmatched([...at, name], what, name, declaredNames(result, copy.types)));
    else result = after;
  }
  return result;
}

/** Applies an object's rule, but for its name: its own words, its key, and its properties wherever its methods have them. */
export function applyObjectRule(copy: WorkingCopy, working: WorkingObject, rule: ObjectRule, at: Path): void {
  const { displayName, description, key } = rule;
  working.object = {
    ...working.object,
    ...(displayName === undefined ? {} : { displayName }),
    ...(description === undefined ? {} : { description }),
  };
  for (const [name, property] of Object.entries(rule.properties ?? {}))
    applyToObject(copy, working, name, property, [...at, 'properties', name]);
  if (key !== undefined) setKey(copy, working, key, [...at, 'key']);
}

function applyToObject(copy: WorkingCopy, working: WorkingObject, name: string, rule: PropertyRule, at: Path): void {
  const change = propertyChange(rule, copy);
  const path = flatPath(name);
  let found = false;
  const methods = copy.methodsOf(working.name);
  for (const one of methods) {
    const input = changeProperty(one.method.input, path, change, copy.types);
    const output = changeProperty(one.method.output, path, change, copy.types);
    found ||= input !== undefined || output !== undefined;
    one.method = { ...one.method, input: input ?? one.method.input, output: output ?? one.method.output };
  }
  const [first = '', ...rest] = path;
  const properties = working.object.properties.map((property) => {
    if (property.name !== first) return property;
    const schema =
      rest.length === 0 ? change.schema(property.schema) : changeProperty(property.schema, rest, change, copy.types);
    if (schema === undefined) return property;
    found = true;
    if (rest.length > 0) return { ...property, schema };
    return {
      ...property,
      schema,
      ...(rule.displayName === undefined ? {} : { displayName: rule.displayName }),
      ...(rule.description === undefined ? {} : { description: rule.description }),
    };
  });
  working.object = { ...working.object, properties };
  if (found) return;
  const known = [
    ...working.object.properties.map((property) => property.name),
    ...methods.flatMap(({ method }) => declaredNames(method.input, copy.types)),
  ];
  copy.faults.push(unmatched(at, 'property', name, new Set(known)));
}

function setKey(copy: WorkingCopy, working: WorkingObject, key: string, at: Path): void {
  const { properties } = working.object;
  if (!properties.some(({ name }) => name === key)) {
    const known = properties.map(({ name }) => name);
    copy.faults.push(unmatched(at, 'property', key, known));
    return;
  }
  working.object = {
    ...working.object,
    properties: properties.map(({ key: _, ...property }) =>
      property.name === key ? { ...property, key: true } : property,
    ),
  };
}

/** Applies a named type's rule. */
export function applyTypeRule(copy: WorkingCopy, name: string, rule: TypeRule, at: Path): void {
  const before = copy.types[name] ?? true;
  const base = typeof before === 'object' ? before : {};
  const { description, schema } = rule;
  copy.types[name] = {
    ...(schema === undefined ? base : patchedSchema(base, schema)),
    ...(description === undefined ? {} : { description }),
  };
  copy.types[name] = changed(copy, copy.types[name], rule.properties, 'property', [...at, 'properties']);
}
