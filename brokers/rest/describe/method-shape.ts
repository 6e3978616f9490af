import { pascalCase, toDisplayName, words } from '../../../config/model/names.js';
import type { MethodKind } from '../../../config/model/service-object.js';
import { rawText } from '../load/index.js';
import type { Operation } from './operations.js';
import type { Resource } from './resource.js';
import { isPlural, isVerb, singular } from './words.js';

/** What a method's kind and name are chosen by. */
export interface MethodFacts {
  readonly operation: Operation;
  readonly resource: Resource;
  readonly isList: boolean;
  /** The answer is an object that is declared. */
  readonly givesObject: boolean;
  readonly takesArray: boolean;
}

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

const shapes: Readonly<Record<Resource['role'], (facts: MethodFacts) => Shape>> = {
  collection({ operation: { verb }, resource, isList, givesObject, takesArray }) {
    if (isList && verb !== 'POST' && verb !== 'PUT' && verb !== 'PATCH' && verb !== 'DELETE') return ['list', 'List'];
    if (verb === 'GET') return givesObject ? ['read', 'Read', 'Get'] : ['execute', 'Get'];
    if (verb === 'POST') return ['create', 'Create', 'Add'];
    const many = resource.plural && (verb === 'DELETE' || takesArray);
    if (verb === 'PUT') return many ? ['execute', 'UpdateMany', 'ReplaceMany'] : ['update', 'Update', 'Replace'];
    if (verb === 'PATCH') return many ? ['execute', 'UpdateMany', 'PatchMany'] : ['update', 'Update', 'Patch'];
    if (verb === 'DELETE') return many ? ['execute', 'DeleteMany'] : ['delete', 'Delete'];
    return ['execute', pascalCase(verb.toLowerCase())];
  },
  item({ operation, isList }) {
    const { verb } = operation;
    if (verb === 'GET') return isList ? ['list', 'List'] : ['read', 'Read'];
    if (verb === 'PUT') return ['update', 'Update', 'Replace'];
    if (verb === 'PATCH') return ['update', 'Update', 'Patch'];
    if (verb === 'DELETE') return ['delete', 'Delete'];
    if (verb !== 'POST') return ['execute', pascalCase(verb.toLowerCase())];
    const said = saidVerb(operation);
    if (said !== undefined && UPDATES.has(said)) return ['update', 'Update'];
    if (said !== undefined && DELETES.has(said)) return ['delete', 'Delete'];
    if (said !== undefined && CREATES.has(said)) return ['create', 'Create'];
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
  action({ operation: { verb }, resource, isList }) {
    const action = pascalCase(resource.tail);
    const name = verb === 'DELETE' && !/^(Delete|Remove|Un)/.test(action) ? `Delete${action}` : action;
    const longer = action === pascalCase(verb.toLowerCase()) ? [] : [`${pascalCase(verb.toLowerCase())}${action}`];
    return [isList && verb === 'GET' ? 'list' : 'execute', name, ...longer];
  },
};

const UPDATES = new Set(['update', 'edit', 'modify', 'patch', 'change', 'set', 'save', 'replace', 'upsert']);
const DELETES = new Set(['delete', 'remove']);
const CREATES = new Set(['create', 'add', 'insert', 'new']);

/** The verb that the operation's id, summary or description begins with, such as `update` for "Updates a customer". */
function saidVerb({ raw }: Operation): string | undefined {
  for (const text of [raw.operationId, raw.summary, raw.description]) {
    const [first = ''] = words((rawText(text) ?? '').slice(0, 200).replace(/<[^>]*>/g, ' '));
    const said = first.toLowerCase();
    const verb = isPlural(said) && isVerb(singular(said)) ? singular(said) : said;
    if ((isVerb(verb) || verb === 'new') && !HTTP_VERBS.has(verb)) return verb;
  }
  return undefined;
}

const HTTP_VERBS = new Set(['get', 'post', 'put']);

/** The first word of the operation's id, in lower case. */
function firstWordOfId({ raw }: Operation): string {
  return (words(rawText(raw.operationId) ?? '')[0] ?? '').toLowerCase();
}

/** Names to fall back on: by the operation's id, by the parameters of the path. */
function alternatives({ operation }: MethodFacts, base: string): string[] {
  const id = rawText(operation.raw.operationId);
  const parameters = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map((found) => found[1] ?? '');
  const by = parameters.length > 0 ? [pascalCase(`${base} by ${parameters.join(' and ')}`)] : [];
  return [...(id === undefined ? [] : [pascalCase(id)]), ...by];
}

/** Longer texts are descriptions, not names. */
const MAX_DISPLAY = 80;

/** What a person reads: the summary when it is short, else the name. */
export function displayNameOf({ raw }: Operation, name: string): string {
  const summary = (rawText(raw['x-ms-summary']) ?? rawText(raw.summary))
    ?.replace(/\s+/g, ' ')
    .replace(/\.$/, '')
    .trim();
  return summary !== undefined && summary.length <= MAX_DISPLAY ? summary : toDisplayName(name);
}
