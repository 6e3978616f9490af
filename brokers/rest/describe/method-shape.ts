import { pascalCase, toDisplayName, words } from '../../../config/model/names.js';
import type { MethodKind } from '../../../config/model/service-object.js';
import { isPlural, singular } from '../../singular.js';
import { rawText } from '../load/index.js';
import { titleOf } from '../types/index.js';
import type { Operation } from './operations.js';
import type { Resource } from './resource.js';
import { isClearVerb, isSingleton, isVerb } from './words.js';

/** What a method's kind and name are chosen by: one operation, and nothing of the others. */
export interface MethodFacts {
  readonly operation: Operation;
  readonly resource: Resource;
  readonly isList: boolean;
  readonly gives: Gives;
  readonly takesArray: boolean;
}

/** What an answer is: an object that is declared, another value, something that the document does not tell, or nothing. */
export type Gives = 'object' | 'value' | 'unknown' | 'nothing';

/** The kind of a method and the names that it may have, the best first. */
export interface MethodShape {
  readonly kind: MethodKind;
  readonly names: readonly [string, ...string[]];
}

/** Chooses kind and names by the conventions of REST; the operation's id only breaks ties, so that names do not depend on others. */
export function methodShape(facts: MethodFacts): MethodShape {
  const [kind, ...names] = shapes[facts.resource.role](facts);
  const [first = pascalCase(facts.operation.verb)] = names;
  return { kind, names: [first, ...names.slice(1), ...alternatives(facts, first)] };
}

type Shape = readonly [MethodKind, ...string[]];

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

const shapes: Readonly<Record<Resource['role'], (facts: MethodFacts) => Shape>> = {
  collection(facts) {
    const { operation, resource, isList, takesArray } = facts;
    const { verb } = operation;
    if (isList && !WRITES.has(verb)) return ['list', 'List'];
    // Names of things as a whole that are not listed are not those of one thing: `Read` is left for that.
    if (verb === 'GET')
      return [readOrExecute(facts), ...(resource.plural && !isSingleton(resource.noun) ? [] : ['Read']), 'Get'];
    const said = saidById(operation);
    if (verb === 'POST') return posted(facts, said);
    const many = resource.plural && (verb === 'DELETE' || takesArray);
    if (verb === 'PUT' && !many && said !== undefined && CREATES.has(said)) return ['create', 'Create', 'Put'];
    if (verb === 'PUT') return many ? ['execute', 'UpdateMany', 'ReplaceMany'] : ['update', 'Update', 'Replace'];
    if (verb === 'PATCH') return many ? ['execute', 'UpdateMany', 'PatchMany'] : ['update', 'Update', 'Patch'];
    if (verb === 'DELETE') return many ? ['execute', 'DeleteMany'] : ['delete', 'Delete'];
    return ['execute', pascalCase(verb.toLowerCase())];
  },
  item({ operation, resource, isList }) {
    const { verb } = operation;
    if (verb === 'GET') return isList ? ['list', ...byKey('List', resource), 'List'] : ['read', 'Read'];
    if (verb === 'PUT') return ['update', 'Update', 'Replace'];
    if (verb === 'PATCH') return ['update', 'Update', 'Patch'];
    if (verb === 'DELETE') return ['delete', 'Delete'];
    if (verb !== 'POST') return ['execute', pascalCase(verb.toLowerCase())];
    const said = saidVerb(operation);
    const kind = said === undefined ? undefined : kindOfVerb(said);
    if (kind !== undefined) return [kind, KIND_NAMES[kind]];
    return ['execute', said === undefined ? 'Post' : pascalCase(said)];
  },
  part({ operation, resource, isList }) {
    const { verb } = operation;
    const part = pascalCase(resource.tail);
    if (verb === 'GET') return isList ? ['list', `List${part}`] : ['read', `Read${part}`];
    const partVerb = (words(resource.tail)[0] ?? '').toLowerCase();
    // `PUT /users/{id}/anonymize` with the id `anonymizeUser`: the tail is what is done.
    if (verb !== 'DELETE' && partVerb === firstWordOfId(operation))
      return ['execute', part, `${pascalCase(verb.toLowerCase())}${part}`];
    if (verb === 'PUT') return ['execute', `Update${part}`, `Replace${part}`];
    if (verb === 'PATCH') return ['execute', `Update${part}`, `Patch${part}`];
    if (verb === 'DELETE') return ['execute', `Delete${part}`];
    if (verb !== 'POST') return ['execute', pascalCase(`${verb.toLowerCase()} ${resource.tail}`)];
    const said = saidVerb(operation);
    if (isVerb(partVerb) || said === undefined) return ['execute', part, `Post${part}`];
    return ['execute', pascalCase(`${said} ${resource.tail}`), `Post${part}`];
  },
  action(facts) {
    const { operation, resource, isList, gives } = facts;
    const { verb } = operation;
    const done = words(resource.tail).map((word) => word.toLowerCase());
    const [first = ''] = done;
    const action = pascalCase(resource.tail);
    // `GET /issues/{id}/vote`: the vote, not to vote.
    if (verb === 'GET' && resource.key !== undefined && done.length === 1 && !isClearVerb(first))
      return isList ? ['list', `List${action}`] : [readOrExecute(facts), `Read${action}`];
    const name = verb === 'DELETE' && !/^(Delete|Remove|Un)/.test(action) ? `Delete${action}` : action;
    const longer = action === pascalCase(verb.toLowerCase()) ? [] : [`${pascalCase(verb.toLowerCase())}${action}`];
    if (isList && (verb === 'GET' || ASKS.has(first))) return ['list', name, ...longer];
    if (ASKS.has(first) && gives === 'object' && verb === 'GET') return ['read', name, ...longer];
    const kind = done.length === 1 && verb !== 'GET' ? kindOfVerb(first) : undefined;
    return [kind ?? 'execute', name, ...longer];
  },
};

/** A POST on a collection creates, unless the operation's id says that it asks, or does something else with a lone thing. */
function posted({ operation, resource, isList, takesArray }: MethodFacts, said: string | undefined): Shape {
  if (said !== undefined && isList && ASKS.has(said)) return ['list', pascalCase(said)];
  const kind = said === undefined ? undefined : kindOfVerb(said);
  // `updateOrCreateContacts`: it is told which things by what is sent, so `Update` is left for the item.
  if (isUpsert(operation)) return ['update', 'Upsert'];
  if (kind !== undefined && kind !== 'create') return [kind, KIND_NAMES[kind]];
  if (said !== undefined && kind === undefined && !MAKES.has(said) && !resource.plural)
    return ['execute', pascalCase(said), 'Post'];
  return takesArray && resource.plural ? ['execute', 'CreateMany', 'AddMany'] : ['create', 'Create', 'Add'];
}

function isUpsert({ raw }: Operation): boolean {
  const said = words(rawText(raw.operationId) ?? '').map((word) => word.toLowerCase());
  return said.includes('upsert') || /\b(update or create|create or update)\b/.test(said.join(' '));
}

const readOrExecute = ({ gives }: MethodFacts): MethodKind =>
  gives === 'object' || gives === 'unknown' ? 'read' : 'execute';

const UPDATES = new Set(['update', 'edit', 'modify', 'patch', 'change', 'set', 'save', 'replace', 'upsert']);
const DELETES = new Set(['delete', 'remove', 'destroy']);
const CREATES = new Set(['create', 'add', 'insert', 'new']);
/** Verbs for making a thing by sending it. */
const MAKES = new Set('upload send submit register publish invite issue place make generate post'.split(' '));
/** Verbs that ask and change nothing, whatever the HTTP method. */
const ASKS = new Set(
  'search find query list filter lookup get fetch retrieve read browse enumerate select match autocomplete suggest show describe inspect view'.split(
    ' ',
  ),
);

const KIND_NAMES = { create: 'Create', update: 'Update', delete: 'Delete' } as const;

function kindOfVerb(verb: string): keyof typeof KIND_NAMES | undefined {
  if (UPDATES.has(verb)) return 'update';
  if (DELETES.has(verb)) return 'delete';
  return CREATES.has(verb) ? 'create' : undefined;
}

/** The verb that the operation's id, summary or description begins with, such as `update` for "Updates a customer". */
function saidVerb({ raw }: Operation): string | undefined {
  for (const text of [raw.operationId, raw.summary, raw.description]) {
    const verb = verbIn((rawText(text) ?? '').slice(0, 200).replace(/<[^>]*>/g, ' '));
    if (verb !== undefined) return verb;
  }
  return undefined;
}

/** The verb that the operation's id begins with. Texts for readers change with time; what a collection's methods are called must not. */
const saidById = ({ raw }: Operation): string | undefined => verbIn(rawText(raw.operationId) ?? '');

function verbIn(text: string): string | undefined {
  const said = (words(text)[0] ?? '').toLowerCase();
  const verb = isPlural(said) && isVerb(singular(said)) ? singular(said) : said;
  return (isVerb(verb) || verb === 'new') && !HTTP_VERBS.has(verb) ? verb : undefined;
}

const HTTP_VERBS = new Set(['get', 'post', 'put']);

/** The first word of the operation's id, in lower case. */
function firstWordOfId({ raw }: Operation): string {
  return (words(rawText(raw.operationId) ?? '')[0] ?? '').toLowerCase();
}

/** Names to fall back on: by the parameter that ends the path, by the operation's id, by all parameters of the path. */
function alternatives({ operation, resource }: MethodFacts, base: string): string[] {
  const id = rawText(operation.raw.operationId);
  const parameters = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map((found) => found[1] ?? '');
  const by = parameters.length > 0 ? [pascalCase(`${base} by ${parameters.join(' and ')}`)] : [];
  const own = resource.role === 'item' ? byKey(base, resource) : [];
  return [...own, ...(id === undefined ? [] : [pascalCase(id)]), ...by];
}

const byKey = (base: string, { key }: Resource): string[] =>
  key === undefined ? [] : [pascalCase(`${base} by ${key}`)];

/** Longer texts are descriptions, not names. */
const MAX_DISPLAY = 80;

/** What a person reads: the summary when it is short, else the name. */
export function displayNameOf({ raw }: Operation, name: string): string {
  const summary = (titleOf(raw) ?? rawText(raw.summary))?.replace(/\s+/g, ' ').replace(/\.$/, '').trim();
  return summary !== undefined && summary !== '' && summary.length <= MAX_DISPLAY ? summary : toDisplayName(name);
}
