import { pascalCase, toDisplayName } from '../../../config/model/names.js';
import type { DeclaredError, ServiceMethod, ServiceObject } from '../../../config/model/service-object.js';
import { type Documents, rawArray, rawObject, rawText } from '../load/index.js';
import { type Directions, type Lookup, visibilityOf } from '../types/index.js';
import type { MethodDraft } from './draft.js';
import type { FormerNames } from './given-names.js';
import { methodNames } from './method-names.js';
import { displayNameOf } from './method-shape.js';
import { byVersion, type NamedGroup, objectName } from './object-names.js';
import type { Operation } from './operations.js';
import { objectProperties } from './properties.js';

/** What objects are made with. */
export interface GroupTools {
  readonly documents: Documents;
  readonly directions: Directions;
  readonly lookup: Lookup;
  /** The names that the last discovery gave. */
  readonly former: FormerNames;
}

/** The objects of described operations. One whose operations could not be described is left out. */
export function serviceObjects(
  groups: readonly NamedGroup[],
  drafts: ReadonlyMap<Operation, MethodDraft>,
  tools: GroupTools,
): ServiceObject[] {
  const tags = tagDescriptions(tools.documents);
  return groups.flatMap(({ name, operations }) => {
    const described = operations.map((operation) => drafts.get(operation)).filter((draft) => draft !== undefined);
    return described.length === 0 ? [] : [serviceObject(name, described, tags, tools)];
  });
}

/**
 * Groups operations into objects by the resource that their path names, and gives the objects their names, before any of them is
 * described. What has had an object keeps it; the others go where their path says.
 */
export function groupOperations(
  operations: readonly Operation[],
  documents: Documents,
  former: FormerNames,
): NamedGroup[] {
  const service = serviceName(documents);
  const wanted = new Map<string, { name: string; operations: Operation[] }>();
  const grouped = new Map<string, { name: string; operations: Operation[] }>();
  const add = (map: typeof wanted, name: string, ...more: readonly Operation[]) => {
    const group = map.get(name.toLowerCase());
    if (group) group.operations.push(...more);
    else map.set(name.toLowerCase(), { name, operations: [...more] });
  };
  const established = new Map<string, { version: string | undefined }>();
  for (const operation of operations) {
    const { label, resource } = operation;
    const own = objectName(resource.nouns, tagOf(operation), service);
    const kept = former.of(label)?.serviceObject;
    if (kept === undefined) {
      add(wanted, own, operation);
      continue;
    }
    add(grouped, kept, operation);
    if (own.toLowerCase() === kept.toLowerCase()) established.set(kept.toLowerCase(), { version: resource.version });
  }
  for (const [key, { name, operations: some }] of wanted)
    for (const group of byVersion(name, some, established.get(key))) add(grouped, group.name, ...group.operations);
  const position = new Map(operations.map((operation, index) => [operation, index]));
  const place = (operation: Operation | undefined) => (operation && position.get(operation)) ?? 0;
  return [...grouped.values()]
    .map((group) => ({ ...group, operations: group.operations.toSorted((a, b) => place(a) - place(b)) }))
    .toSorted((a, b) => place(a.operations[0]) - place(b.operations[0]));
}

const tagOf = ({ raw }: Operation): string | undefined =>
  rawArray(raw.tags)
    .map(rawText)
    .find((text) => text !== undefined);

function serviceObject(
  name: string,
  drafts: readonly MethodDraft[],
  tags: ReadonlyMap<string, string>,
  { directions, lookup, former }: GroupTools,
): ServiceObject {
  const names = methodNames(drafts, ({ operation }) => former.of(operation.label)?.method);
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
  const { raw } = draft.operation;
  const id = rawText(raw.operationId);
  const visibility = visibilityOf(raw) ?? visibilityOf(draft.operation.pathItem);
  const trigger = raw['x-ms-trigger'];
  return {
    name,
    displayName: displayNameOf(draft.operation, name),
    ...(draft.description === undefined ? {} : { description: draft.description }),
    kind: draft.kind,
    ...(draft.deprecated ? { deprecated: true } : {}),
    ...(visibility === undefined ? {} : { visibility }),
    ...(trigger === 'single' || trigger === 'batch' ? { trigger } : {}),
    input: directions.project(draft.input, 'input'),
    output: directions.project(draft.output, 'output'),
    ...(draft.meta === undefined ? {} : { meta: directions.project(draft.meta, 'output') }),
    ...(draft.paged ? { paged: true } : {}),
    ...(draft.errors.length > 0 ? { errors: draft.errors.map((error) => errorAnswer(error, directions)) } : {}),
    origin: { operation: draft.operation.label, ...(id === undefined ? {} : { id }) },
    binding: draft.plan,
  };
}

function errorAnswer(error: DeclaredError, directions: Directions): DeclaredError {
  return error.body === undefined ? error : { ...error, body: directions.project(error.body, 'output') };
}

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
