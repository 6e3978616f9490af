import type { JsonSchema, TypeMap } from '../../../config/model/json-schema.js';
import type { PagingPlan } from '../../../config/model/paging-plan.js';
import type { ServiceMethod } from '../../../config/model/service-object.js';
import type { ListChange } from '../../broker.js';
import type { RequestPlan } from '../plan.js';
import { isStructural, itemsOf, type Lookup, objectView } from '../types/index.js';

/** See `AdjustsLists`. */
export function adjustList(method: ServiceMethod, change: ListChange, types: TypeMap): ServiceMethod | string {
  const { list, ...plan } = method.binding as RequestPlan;
  const { paged: _, ...rest } = method;
  if (!change.isList) {
    const { meta: __, ...single } = rest;
    return { ...single, output: wholeAnswer(method), binding: plan };
  }
  const paging = change.paging ?? list?.paging;
  const fault = paging === undefined ? undefined : inputFault(method, paging);
  if (fault !== undefined) return fault;
  const shape = listShape(method, change.items, (name) => types[name]);
  if (typeof shape === 'string') return shape;
  const { path, ...described } = shape;
  const { meta: ___, ...bare } = rest;
  return {
    ...bare,
    ...described,
    ...(paging === undefined || paging.style === 'none' ? {} : { paged: true }),
    binding: { ...plan, list: { ...list, items: path, ...(paging === undefined ? {} : { paging }) } },
  };
}

function inputFault({ input }: ServiceMethod, paging: PagingPlan): string | undefined {
  const inputs = Object.keys((typeof input === 'object' ? input.properties : undefined) ?? {});
  const named = ['input' in paging ? paging.input : undefined, paging.size, paging.skip];
  const missing = named.find((name) => name !== undefined && !inputs.includes(name));
  return missing === undefined
    ? undefined
    : `its paging names the input "${missing}", which it does not have; there are ${inputs.join(', ') || 'none'}`;
}

interface ListShape {
  readonly path: readonly string[];
  readonly output: JsonSchema;
  readonly meta?: JsonSchema;
}

/** Where the items are and what they are, as they were found or as they are told. */
function listShape(method: ServiceMethod, told: readonly string[] | undefined, lookup: Lookup): ListShape | string {
  const found = (method.binding as RequestPlan).list?.items;
  const path = told ?? found ?? [];
  if (found !== undefined && path.join('\n') === found.join('\n') && path.length === found.length) {
    const { output, meta } = method;
    return { path, output, ...(meta === undefined ? {} : { meta }) };
  }
  const whole = wholeAnswer(method);
  let items: JsonSchema = whole;
  for (const step of path) {
    const view = objectView(items, lookup);
    const next = view !== undefined && Object.hasOwn(view.properties, step) ? view.properties[step] : undefined;
    const known = Object.keys(view?.properties ?? {});
    // Of an answer that is not described the admin knows more than the document.
    if (next === undefined && (known.length > 0 || !isUnknown(items)))
      return `its answer has no "${path.join('.')}"; there ${known.length > 0 ? `are ${known.join(', ')}` : 'is no object'}`;
    items = next ?? {};
  }
  const output = itemsOf(items, lookup) ?? (isUnknown(items) ? {} : undefined);
  if (output === undefined)
    return path.length === 0
      ? 'its answer is no list; say by "items" where its items are'
      : `"${path.join('.')}" of its answer is no list`;
  return { path, output, ...metaBeside(whole, path, lookup) };
}

const isUnknown = (schema: JsonSchema): boolean =>
  typeof schema === 'object' && !Object.keys(schema).some((key) => isStructural(key) && key !== 'type');

function metaBeside(whole: JsonSchema, [first]: readonly string[], lookup: Lookup): { meta?: JsonSchema } {
  if (first === undefined) return {};
  const beside = Object.entries(objectView(whole, lookup)?.properties ?? {}).filter(([name]) => name !== first);
  return beside.length === 0 ? {} : { meta: { type: 'object', properties: Object.fromEntries(beside) } };
}

/** The whole answer of a method, put together again when it was taken for a list. */
function wholeAnswer({ output, meta, binding }: ServiceMethod): JsonSchema {
  const { list } = binding as RequestPlan;
  if (list === undefined) return output;
  const around = (path: readonly string[], beside: JsonSchema | undefined): JsonSchema => {
    const [step, ...rest] = path;
    if (step === undefined) return { type: 'array', items: output };
    const others = typeof beside === 'object' ? (beside.properties ?? {}) : {};
    return { type: 'object', properties: { ...others, [step]: around(rest, others[step]) } };
  };
  return around(list.items, meta);
}
