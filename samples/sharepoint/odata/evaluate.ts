import type { Call } from '../call.js';
import { methodNotAllowed, resourceNotFound } from '../fault.js';
import { readAddress, type Segment } from './address.js';
import { type Args, readLiteral } from './literal.js';
import { project } from './project.js';
import { readQueryOptions } from './query-options.js';
import { type Collection, type Content, type Entity, memberOf, type Resource } from './resource.js';
import type { Writer } from './write-json.js';

/** A request, whether it came by itself or within a batch. */
export interface ODataRequest {
  /** The method that is meant: `X-HTTP-Method` where a POST carries one. */
  readonly verb: string;
  /** What follows `_api/`, percent-decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The address without its query, for next links. */
  readonly address: string;
  readonly call: Call;
}

export interface Outcome {
  readonly status: number;
  readonly etag?: string;
  readonly location?: string;
  /** JSON, or a file's bytes. */
  readonly body?: unknown;
  readonly content?: Content;
}

/**
 * Walks the path from resource to resource and does at its end what the method means.
 * @throws Fault
 */
export async function evaluate(root: Entity, request: ODataRequest, writer: Writer): Promise<Outcome> {
  const segments = readAddress(request.path, request.query);
  const last = segments.at(-1);
  if (last === undefined) throw resourceNotFound('');
  let resource: Resource = root;
  for (const segment of segments.slice(0, -1)) {
    resource = await step(resource, segment, request, request.verb !== 'GET', {});
  }
  const functionArgs = queryArgs(request.query);
  if (request.verb === 'POST' || request.verb === 'GET') {
    const posts = request.verb === 'POST';
    const target = await step(resource, last, request, posts, functionArgs);
    const isCreate = posts && target.kind === 'collection' && target.create !== undefined && !isAction(resource, last);
    if (!isCreate) return shown(target, request, writer);
    const made = await target.create?.(request.call);
    return made === undefined ? { status: 204 } : { ...shown(made, request, writer), status: 201 };
  }
  if (isAction(resource, last)) return shown(await step(resource, last, request, true, functionArgs), request, writer);
  return change(await step(resource, last, request, false, functionArgs), request, last);
}

async function change(target: Resource, { verb, call }: ODataRequest, last: Segment): Promise<Outcome> {
  if (verb === 'DELETE' && target.kind === 'entity' && target.remove !== undefined) {
    await target.remove(call);
    return { status: 200 };
  }
  if (['MERGE', 'PATCH', 'PUT'].includes(verb)) {
    if (target.kind === 'entity' && target.merge !== undefined) {
      const { etag } = await target.merge(call);
      return { status: 204, ...(etag !== undefined && { etag }) };
    }
    if (target.kind === 'content' && target.write !== undefined) {
      await target.write(call);
      return { status: 204 };
    }
  }
  throw methodNotAllowed(verb, last.name);
}

const isAction = (resource: Resource, { name }: Segment): boolean => {
  const found = 'members' in resource ? memberOf(resource.members(), name) : undefined;
  return found !== undefined && 'post' in found.member;
};

async function step(
  resource: Resource,
  segment: Segment,
  { call, verb }: ODataRequest,
  mayAct: boolean,
  functionArgs: Args,
): Promise<Resource> {
  if (!('members' in resource)) throw resourceNotFound(segment.text);
  const found = memberOf(resource.members(), segment.name);
  if (found === undefined) throw resourceNotFound(segment.text);
  const { member } = found;
  if ('post' in member) {
    if (!mayAct) throw methodNotAllowed(verb, segment.name);
    return member.post({ ...functionArgs, ...segment.args }, call);
  }
  const args = segment.args ?? {};
  if (member.needsArgs === true) return member.get({ ...functionArgs, ...args });
  const next = member.get({ ...functionArgs, ...args });
  const isKeyed = segment.args !== undefined && Object.keys(segment.args).length > 0;
  return isKeyed && next.kind === 'collection' && next.byKey !== undefined ? next.byKey(args) : next;
}

/** Functions of the service root take their arguments from the query, too: `search/query?querytext='…'`. */
const queryArgs = (query: URLSearchParams): Args =>
  Object.fromEntries(
    [...query]
      .filter(([name]) => /^[a-z]/i.test(name))
      .map(([name, value]) => [name.toLowerCase(), readLiteral(value)]),
  );

function shown(target: Resource, request: ODataRequest, writer: Writer): Outcome {
  if (target.kind === 'content')
    return { status: 200, content: target, ...(target.etag !== undefined && { etag: target.etag }) };
  if (target.kind === 'plain') return { status: 200, body: writer.plain(target) };
  if (target.kind === 'nothing') return { status: 200, body: writer.nothing(target.name) };
  if (target.kind === 'collection') return { status: 200, body: collection(target, request, writer) };
  const { shape } = readQueryOptions(request.query);
  return {
    status: 200,
    body: writer.entity(project(target, shape)),
    ...(target.etag !== undefined && { etag: target.etag }),
  };
}

function collection(target: Collection, { query, address }: ODataRequest, writer: Writer): unknown {
  const options = readQueryOptions(query);
  const { entities, next } = target.page(options);
  const link = next === undefined ? undefined : nextLink(address, query, next);
  return writer.collection(
    entities.map((entity) => project(entity, options.shape)),
    target.type,
    link,
  );
}

function nextLink(address: string, query: URLSearchParams, token: string): string {
  const next = new URLSearchParams(query);
  next.delete('$skiptoken');
  const rest = [...next].map(
    ([name, value]) => `&${encodeURIComponent(name).replace('%24', '$')}=${encodeURIComponent(value)}`,
  );
  return `${address}?%24skiptoken=${encodeURIComponent(token)}${rest.join('').replaceAll('&$', '&%24')}`;
}
