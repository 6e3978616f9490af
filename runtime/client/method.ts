import { clientProblem } from './problem.js';
import type { CallOptions, FlatCallOptions, Transport } from './transport.js';
import type { FlatValues } from './values.js';

/** What a method takes: its input, which can be left out when nothing in it is required, and the call's options. */
export type MethodArguments<Input> =
  Record<never, never> extends Input ? [input?: Input, options?: CallOptions] : [input: Input, options?: CallOptions];

/** A method with one result. Rejects with a `Problem`. */
export interface Method<Input, Output> {
  (input: FlatValues, options: FlatCallOptions): Promise<FlatValues>;
  (...args: MethodArguments<Input>): Promise<Output>;
}

/** The cursor of a page, from the `next` of the page before it. */
export interface PageCursor {
  readonly $next?: string | undefined;
}

/** One page of a list. */
export interface Page<Item, Meta = unknown> {
  readonly items: Item[];
  /** The cursor of the next page, to be given as `$next`; absent on the last page. */
  readonly next?: string;
  /** What the service says beside the items, such as totals. */
  readonly meta?: Meta;
}

/** A method that lists. Rejects with a `Problem`. */
export interface ListMethod<Input, Item, Meta = unknown> {
  /** One page: the first, or the one that `$next` names. */
  (input: FlatValues, options: FlatCallOptions): Promise<Page<FlatValues, Meta>>;
  (...args: MethodArguments<Input & PageCursor>): Promise<Page<Item, Meta>>;
  /** All items, page after page; a page is asked for when the loop reaches it. */
  all(input: FlatValues, options: FlatCallOptions): AsyncGenerator<FlatValues, void, undefined>;
  all(...args: MethodArguments<Input & PageCursor>): AsyncGenerator<Item, void, undefined>;
  /** All pages, one after another; a page is asked for when the loop reaches it. */
  pages(input: FlatValues, options: FlatCallOptions): AsyncGenerator<Page<FlatValues, Meta>, void, undefined>;
  pages(...args: MethodArguments<Input & PageCursor>): AsyncGenerator<Page<Item, Meta>, void, undefined>;
}

/** Binds a method of a SmartObject to a transport, by system names. */
export function method<Input, Output>(transport: Transport, object: string, name: string): Method<Input, Output> {
  return ((...[input, options]: MethodArguments<Input>) => transport.call(object, name, input, options)) as Method<
    Input,
    Output
  >;
}

/** Binds a `list` of a SmartObject to a transport, by system names. */
export function listMethod<Input, Item, Meta = unknown>(
  transport: Transport,
  object: string,
  name: string,
): ListMethod<Input, Item, Meta> {
  type Arguments = MethodArguments<Input & PageCursor>;

  function page(...[input, options]: Arguments): Promise<Page<Item, Meta>> {
    return transport.call(object, name, input, options) as Promise<Page<Item, Meta>>;
  }

  async function* pages(...[input, options]: Arguments): AsyncGenerator<Page<Item, Meta>, void, undefined> {
    let cursor: string | undefined;
    do {
      const pageInput = cursor === undefined ? input : { ...input, $next: cursor };
      const current = (await transport.call(object, name, pageInput, options)) as Page<Item, Meta>;
      yield current;
      if (current.next !== undefined && current.next === cursor) {
        throw clientProblem('PAGING_LOOP', `${object}.${name} names a page as its own next page: "${cursor}".`);
      }
      cursor = current.next;
    } while (cursor !== undefined);
  }

  async function* all(...args: Arguments): AsyncGenerator<Item, void, undefined> {
    for await (const { items } of pages(...args)) yield* items;
  }

  return Object.assign(page, { all, pages }) as ListMethod<Input, Item, Meta>;
}
