import { pascalCase, toDisplayName } from '../../../config/model/names.js';
import type { DeclaredError, ServiceMethod, ServiceObject } from '../../../config/model/service-object.js';
import type { GivenNames } from '../../broker.js';
import { type Documents, rawArray, rawObject, rawText } from '../load/index.js';
import type { Directions, Lookup } from '../types/index.js';
import type { MethodDraft } from './draft.js';
import { FormerNames } from './given-names.js';
import { methodNames } from './method-names.js';
import { displayNameOf } from './method-shape.js';
import { byVersion, type NamedGroup, objectName } from './object-names.js';
import { objectProperties } from './properties.js';

/** What objects are made with. */
export interface GroupTools {
  readonly documents: Documents;
  readonly directions: Directions;
  readonly lookup: Lookup;
  /** The names that the last discovery gave. */
  readonly given: GivenNames | undefined;
}

/** Groups methods into objects by the resource that their path names, and gives objects and methods their names. */
export function groupDrafts(drafts: readonly MethodDraft[], tools: GroupTools): ServiceObject[] {
  const former = new FormerNames(
    tools.given,
    drafts.map(({ operation }) => operation.label),
  );
  const tags = tagDescriptions(tools.documents);
  return groups(drafts, former, serviceName(tools.documents)).map((group) => serviceObject(group, tags, former, tools));
}

/** What has had an object keeps it; the others go where their path says. */
function groups(drafts: readonly MethodDraft[], former: FormerNames, service: string): NamedGroup[] {
  const wanted = new Map<string, { name: string; drafts: MethodDraft[] }>();
  const grouped = new Map<string, { name: string; drafts: MethodDraft[] }>();
  const add = (map: typeof wanted, name: string, ...more: MethodDraft[]) => {
    const group = map.get(name.toLowerCase());
    if (group) group.drafts.push(...more);
    else map.set(name.toLowerCase(), { name, drafts: more });
  };
  const established = new Map<string, { version: string | undefined }>();
  for (const draft of drafts) {
    const kept = former.of(draft.operation.label)?.serviceObject;
    if (kept === undefined) {
      add(wanted, objectName(draft.resource.nouns, tagOf(draft), service), draft);
      continue;
    }
    add(grouped, kept, draft);
    const own = objectName(draft.resource.nouns, tagOf(draft), service);
    if (own.toLowerCase() === kept.toLowerCase())
      established.set(kept.toLowerCase(), { version: draft.resource.version });
  }
  for (const [key, { name, drafts: some }] of wanted)
    for (const group of byVersion(name, some, established.get(key))) add(grouped, group.name, ...group.drafts);
  const position = new Map(drafts.map((draft, index) => [draft, index]));
  const place = (draft: MethodDraft | undefined) => (draft && position.get(draft)) ?? 0;
  return [...grouped.values()]
    .map((group) => ({ ...group, drafts: group.drafts.toSorted((a, b) => place(a) - place(b)) }))
    .toSorted((a, b) => place(a.drafts[0]) - place(b.drafts[0]));
}

const tagOf = ({ operation }: MethodDraft): string | undefined =>
  rawArray(operation.raw.tags)
    .map(rawText)
    .find((text) => text !== undefined);

function serviceObject(
  { name, drafts }: NamedGroup,
  tags: ReadonlyMap<string, string>,
  former: FormerNames,
  { directions, lookup }: GroupTools,
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
  const id = rawText(draft.operation.raw.operationId);
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
