import {
  type Broker,
  type BrokerContext,
  type ItemStream,
  isStreaming,
  type ListResult,
  type MethodCall,
  type MethodResult,
  type StreamedResult,
} from '../../brokers/broker.js';
import { UpstreamError } from '../../config/model/errors.js';
import type { JsonSchema } from '../../config/model/json-schema.js';
import type { ServiceMethod } from '../../config/model/service-object.js';
import { CursorGuard } from '../client/cursor-guard.js';
import { fileStream, isFileValue } from './file-stream.js';
import { pageOf, type Rest, rangedCall, takeOf, writeRest } from './range.js';

/** Items that are put together for one answer before the rest is left to a next one. */
const MOST_ITEMS = 1_000;
/** Pages of the service that are read for one answer. */
const MOST_PAGES = 100;

const count: JsonSchema = { type: 'integer', minimum: 0 };

/** What a method takes when it is called: a list also `$top` and `$skip`, and `$next` where the service has pages or a part is wanted. */
export function callableInput({ input, kind }: Pick<ServiceMethod, 'input' | 'kind'>): JsonSchema {
  if (kind !== 'list' || typeof input === 'boolean') return input;
  const added = { $top: count, $skip: count, $next: { type: 'string' } } as const;
  return { ...input, properties: { ...added, ...input.properties } };
}

/** Executes a method of a broker. A list heeds `$top` and `$skip`: the service cuts it where it can, and else what it gives is cut. */
export function executeMethod(broker: Broker, call: MethodCall, ctx: BrokerContext): Promise<MethodResult> {
  const ranged = call.method.kind === 'list' ? rangedCall(broker, call) : undefined;
  return ranged === undefined ? broker.execute(call, ctx) : collect(broker, ranged.call, ranged.rest, ctx);
}

/** The same with results as they arrive; a list gives all its items, page after page. */
export async function streamMethod(broker: Broker, call: MethodCall, ctx: BrokerContext): Promise<StreamedResult> {
  const first = (plain: MethodCall) => (isStreaming(broker) ? broker.stream(plain, ctx) : broker.execute(plain, ctx));
  if (call.method.kind !== 'list') return asStream(await first(call), call.method.output);
  const { $next, ...input } = call.input;
  const { call: plain, rest } = rangedCall(broker, call) ?? {
    call: { ...call, input },
    rest: { skip: 0, top: undefined, next: $next as string | undefined },
  };
  if (rest.top === 0) return { items: [] };
  const result = await first(pageOf(plain, rest.next));
  if ('arriving' in result) return { arriving: cut(result, rest), close: () => result.close() };
  if (!('items' in result)) return result;
  const arriving = pages(broker, plain, result, rest, ctx);
  return { arriving, close: () => void arriving.return() };
}

/** A file that its broker could only give whole is a stream all the same. */
function asStream(result: StreamedResult, output: JsonSchema): StreamedResult {
  const isFile = typeof output === 'object' && output['x-smartwright-file'] === true;
  return isFile && 'value' in result && isFileValue(result.value) ? fileStream(result.value) : result;
}

/** As much of the range as one answer may hold. */
async function collect(broker: Broker, call: MethodCall, from: Rest, ctx: BrokerContext): Promise<MethodResult> {
  const items: unknown[] = [];
  const guard = new CursorGuard();
  let meta: ListResult['meta'];
  let rest = from;
  for (let read = 0; ; read++) {
    if (rest.top === 0) return { items, ...(meta && { meta }) };
    const enough =
      read === MOST_PAGES || items.length >= MOST_ITEMS || (read > 0 && rest.top === undefined && rest.skip === 0);
    if (enough) return { items, next: writeRest(rest), ...(meta && { meta }) };
    const page = await broker.execute(pageOf(call, rest.next), ctx);
    if (!('items' in page)) return page;
    const taken = takeOf(page.items, rest, page.next);
    for (const item of taken.wanted) items.push(item);
    meta ??= page.meta;
    rest = taken.rest;
    if (page.next === undefined) return { items, ...(meta && { meta }) };
    if (guard.repeats(page.next)) throw goesRound(call);
  }
}

/** All items from a page on; the next page is asked for when the reader gets there. */
async function* pages(
  broker: Broker,
  call: MethodCall,
  first: ListResult,
  from: Rest,
  ctx: BrokerContext,
): AsyncGenerator<unknown, void, undefined> {
  const guard = new CursorGuard();
  let rest: Rest = from;
  for (let page: MethodResult = first; 'items' in page; page = await broker.execute(pageOf(call, rest.next), ctx)) {
    const taken = takeOf(page.items, rest, page.next);
    rest = taken.rest;
    yield* taken.wanted;
    if (page.next === undefined || rest.top === 0) return;
    if (guard.repeats(page.next)) throw goesRound(call);
  }
}

/** A part of the items that arrive. */
async function* cut(stream: ItemStream, { skip, top }: Rest): AsyncGenerator<unknown, void, undefined> {
  let arrived = 0;
  for await (const item of stream.arriving) {
    arrived += 1;
    if (arrived > skip) yield item;
    if (top !== undefined && arrived >= skip + top) return;
  }
}

function goesRound({ serviceObject, method }: MethodCall): UpstreamError {
  const message = `The pages of ${serviceObject}.${method.name} go round in a circle: the service names one as the next that has been there before.`;
  return new UpstreamError('UPSTREAM_UNREADABLE', message);
}
