import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { words } from '../../../config/model/names.js';
import { singular } from '../../singular.js';
import { put } from '../load/index.js';
import { itemsOf, type Lookup, type ObjectView, objectView } from '../types/index.js';

/** A list found in an answer. */
export interface FoundList {
  /** Property names from the answer's root to the array. */
  readonly path: readonly string[];
  readonly item: JsonSchema;
  /** What the answer has beside the items. */
  readonly meta?: JsonSchema;
  /** The answer as an object, when it is one: paging looks for its marks there. */
  readonly envelope?: ObjectView;
}

/** Names that envelopes have for the items. */
const ITEMS = new Set([
  'data',
  'items',
  'item',
  'results',
  'result',
  'value',
  'values',
  'records',
  'entries',
  'entry',
  'list',
  'rows',
  'elements',
  'objects',
  'hits',
  'resources',
  'collection',
  'content',
  'documents',
  'members',
  'nodes',
]);

/** Names of what stands beside the items: totals, pages, links. */
const META =
  /^(_?links?|_?meta(data)?|@?odata.*|paging|pagination|page.*|per_?page|limit|offset|skip|top|start.*|end.*|first.*|last.*|next.*|prev.*|.*total.*|.*count|(.*_?)?size|.*position|prior.*|has_?(more|next|prev).*|.*cursor.*|.*token|marker|self|href|ur[il]|object|kind|type|etag|status|success|ok|message|code|errors?|warnings?|response_?metadata|summary|query|sort|order|truncated|is_?last|more|took|time|timestamp|id|included|version|incomplete_?results)$/i;

/** Names that hold a list which is never the items. */
const BESIDE =
  /^(errors?|warnings?|messages?|_?links?|included|meta|tags|facets|aggregations|sort|warningmessages|reasons|validationresults)$/i;

/**
 * Recognises a list: the answer is an array, or an object that is an envelope around one, on the first or second level.
 *
 * @param resource the name of the collection in the path, which many envelopes use for their items
 * @param enveloped whether an object may be taken for an envelope; the answer of an item's path never is one
 */
export function findList(
  output: JsonSchema,
  lookup: Lookup,
  resource: string,
  enveloped: boolean,
): FoundList | undefined {
  const item = itemsOf(output, lookup);
  if (item !== undefined) return { path: [], item };
  const view = enveloped ? objectView(output, lookup) : undefined;
  if (view === undefined) return undefined;
  const found = inEnvelope(view, lookup, resource) ?? inInner(view, lookup, resource);
  return found && { ...found, envelope: view };
}

function inEnvelope(view: ObjectView, lookup: Lookup, resource: string): FoundList | undefined {
  const arrays = Object.entries(view.properties).flatMap(([name, schema]) => {
    const item = BESIDE.test(name) && !sameNoun(name, resource) ? undefined : itemsOf(schema, lookup);
    return item === undefined ? [] : [{ name, item }];
  });
  const chosen =
    arrays.find(({ name }) => sameNoun(name, resource)) ??
    only(arrays.filter(({ name }) => ITEMS.has(name.toLowerCase()))) ??
    only(arrays.filter(({ name }) => beginsWithNoun(name, resource))) ??
    (onlyMetaBeside(view, arrays[0]?.name) ? only(arrays) : undefined);
  return chosen && { path: [chosen.name], item: chosen.item, ...metaOf(view, chosen.name) };
}

/** `{ data: { items: […] } }`, `{ _embedded: { contacts: […] } }`. */
function inInner(view: ObjectView, lookup: Lookup, resource: string): FoundList | undefined {
  const entries = Object.entries(view.properties);
  for (const [name, schema] of entries) {
    if (
      entries.length > 1 &&
      !/^(data|result|results|response|_embedded|list|page|payload|body|content)$/i.test(name) &&
      !sameNoun(name, resource)
    )
      continue;
    const inner = objectView(schema, lookup);
    const found = inner && inEnvelope(inner, lookup, resource);
    if (found === undefined) continue;
    const meta = metaOf(view, name).meta;
    const properties: Record<string, JsonSchema> = typeof meta === 'object' ? { ...meta.properties } : {};
    if (found.meta !== undefined) put(properties, name, found.meta);
    const hasMeta = Object.keys(properties).length > 0;
    return {
      path: [name, ...found.path],
      item: found.item,
      ...(hasMeta ? { meta: { type: 'object', properties } } : {}),
    };
  }
  return undefined;
}

function only<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}

function onlyMetaBeside(view: ObjectView, items: string | undefined): boolean {
  return Object.keys(view.properties).every((name) => name === items || META.test(name));
}

function metaOf(view: ObjectView, items: string): { meta?: JsonSchemaObject } {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, schema] of Object.entries(view.properties)) if (name !== items) put(properties, name, schema);
  if (Object.keys(properties).length === 0) return {};
  const required = [...view.required].filter((name) => Object.hasOwn(properties, name));
  return { meta: { type: 'object', properties, ...(required.length > 0 ? { required } : {}) } };
}

function sameNoun(name: string, resource: string): boolean {
  return resource !== '' && nounOf(name) === nounOf(resource);
}

/** `officeSummaries` of `/offices`. */
function beginsWithNoun(name: string, resource: string): boolean {
  const noun = nounOf(resource);
  return noun.length > 2 && words(name).join('').toLowerCase().startsWith(noun);
}

function nounOf(text: string): string {
  const all = words(text).map((word) => word.toLowerCase());
  const last = all.pop();
  return last === undefined ? '' : [...all, singular(last)].join('');
}
