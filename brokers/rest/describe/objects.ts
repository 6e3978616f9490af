import { pascalCase, toDisplayName, UniqueNames } from '../../../config/model/names.js';
import type { DeclaredError, ServiceMethod, ServiceObject } from '../../../config/model/service-object.js';
import { type Documents, rawArray, rawObject, rawText } from '../load/index.js';
import type { Directions, Lookup } from '../types/index.js';
import type { MethodDraft } from './draft.js';
import { displayNameOf } from './method-shape.js';
import { objectProperties } from './properties.js';
import { objectName } from './resource.js';

/** Groups methods into objects by the resource that their path names, and gives the methods their names. */
export function groupDrafts(
  documents: Documents,
  drafts: readonly MethodDraft[],
  directions: Directions,
  lookup: Lookup,
): ServiceObject[] {
  const groups = new Map<string, { name: string; drafts: MethodDraft[] }>();
  const service = serviceName(documents);
  const tags = tagDescriptions(documents);
  for (const draft of drafts) {
    const tag = rawArray(draft.operation.raw.tags)
      .map(rawText)
      .find((text) => text !== undefined);
    const name = objectName(draft.resource, tag, service);
    const group = groups.get(name.toLowerCase());
    if (group) group.drafts.push(draft);
    else groups.set(name.toLowerCase(), { name, drafts: [draft] });
  }
  return [...groups.values()].map((group) => serviceObject(group.name, group.drafts, tags, directions, lookup));
}

function serviceObject(
  name: string,
  drafts: readonly MethodDraft[],
  tags: ReadonlyMap<string, string>,
  directions: Directions,
  lookup: Lookup,
): ServiceObject {
  const names = methodNames(drafts);
  const description = commonTag(drafts, tags);
  return {
    name,
    displayName: toDisplayName(name),
    ...(description === undefined ? {} : { description }),
    properties: objectProperties(drafts, directions, lookup),
    methods: drafts.map((draft) => serviceMethod(draft, names.get(draft) ?? draft.shape.names[0], directions)),
  };
}

function serviceMethod(draft: MethodDraft, name: string, directions: Directions): ServiceMethod {
  return {
    name,
    displayName: displayNameOf(draft.operation, name),
    ...(draft.description === undefined ? {} : { description: draft.description }),
    kind: draft.kind,
    ...(draft.deprecated ? { deprecated: true } : {}),
    input: directions.project(draft.input, 'input'),
    output: directions.project(draft.output, 'output'),
    ...(draft.meta === undefined ? {} : { meta: directions.project(draft.meta, 'output') }),
    ...(draft.paged ? { paged: true } : {}),
    ...(draft.errors.length > 0 ? { errors: draft.errors.map((error) => errorAnswer(error, directions)) } : {}),
    binding: draft.plan,
  };
}

function errorAnswer(error: DeclaredError, directions: Directions): DeclaredError {
  return error.body === undefined ? error : { ...error, body: directions.project(error.body, 'output') };
}

const VERB_ORDER = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Gives out the names within one object. Where several methods want the same one, the shortest path has it, then the first in
 * the alphabet: where an operation stands in the document plays no part.
 */
function methodNames(drafts: readonly MethodDraft[]): Map<MethodDraft, string> {
  const sorted = drafts
    .map((draft) => ({
      draft,
      depth: draft.operation.path.split('/').length,
      verb: VERB_ORDER.indexOf(draft.operation.verb),
    }))
    .toSorted(
      (a, b) => a.depth - b.depth || compare(a.draft.operation.path, b.draft.operation.path) || a.verb - b.verb,
    );
  const unique = new UniqueNames();
  const names = new Map<MethodDraft, string>();
  for (const { draft } of sorted) {
    const free = draft.shape.names.find((name) => !unique.has(name));
    names.set(draft, unique.take(free ?? draft.shape.names[0]));
  }
  return names;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The object for paths that name nothing and operations without a tag: the service itself. */
function serviceName({ descriptor }: Documents): string {
  const title = rawText(rawObject(descriptor.info).title) ?? '';
  const telling = title
    .replace(/\b(the|rest(ful)?|web|http|open)?\s*api\b.*$/i, '')
    .replace(/\bv?\d+(\.\d+)*\b/g, '')
    .trim();
  return pascalCase(telling) === '_' ? 'Service' : telling.slice(0, 40);
}

function tagDescriptions({ descriptor }: Documents): Map<string, string> {
  const found = new Map<string, string>();
  for (const tag of rawArray(descriptor.tags)) {
    const name = rawText(rawObject(tag).name);
    const description = rawText(rawObject(tag).description);
    if (name !== undefined && description !== undefined) found.set(name, description);
  }
  return found;
}

/** The description of a tag that all methods of an object have. */
function commonTag(drafts: readonly MethodDraft[], tags: ReadonlyMap<string, string>): string | undefined {
  const [first, ...others] = drafts.map(({ operation }) => rawArray(operation.raw.tags));
  const common = first?.find(
    (tag) => typeof tag === 'string' && tags.has(tag) && others.every((list) => list.includes(tag)),
  );
  return typeof common === 'string' ? tags.get(common) : undefined;
}
