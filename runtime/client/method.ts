import { CursorGuard } from './cursor-guard.js';
import type { FileDownload } from './file-download.js';
import { clientProblem } from './problem.js';
import type { CallOptions, FlatCallOptions, Transport } from './transport.js';
import type { FileValue, FlatValues } from './values.js';

/** What a method takes: its input, which can be left out when nothing in it is required, and the call's options. */
export type MethodArguments<Input> =
  Record<never, never> extends Input ? [input?: Input, options?: CallOptions] : [input: Input, options?: CallOptions];

/** A method with one result. Rejects with a `Problem`. */
export interface PlainMethod<Input, Output> {
  (input: FlatValues, options: FlatCallOptions): Promise<FlatValues>;
  (...args: MethodArguments<Input>): Promise<Output>;
}

/** What a method has beside itself when its result is a file: called itself, it gives the file as base64. */
export interface FileMethod<Input> {
  /** The file's bytes as they arrive, of any size. Rejects with a `Problem`. */
  download(...args: MethodArguments<Input>): Promise<FileDownload>;
}

export type Method<Input, Output> = PlainMethod<Input, Output> &
  ([Output] extends [FileValue] ? FileMethod<Input> : unknown);

/** What every list takes beside its own inputs. The service does as much of it as it can. */
export interface ListOptions {
  /** How many items are wanted at most, over all pages. */
  readonly $top?: number | undefined;
  /** How many items are left out, from the first. */
  readonly $skip?: number | undefined;
  /** The page to give: the `next` of the page before it. */
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
  (...args: MethodArguments<Input & ListOptions>): Promise<Page<Item, Meta>>;
  /** All items, page after page; a page is asked for when the loop reaches it. */
  all(input: FlatValues, options: FlatCallOptions): AsyncGenerator<FlatValues, void, undefined>;
  all(...args: MethodArguments<Input & ListOptions>): AsyncGenerator<Item, void, undefined>;
  /** All pages, one after another; a page is asked for when the loop reaches it. */
  pages(input: FlatValues, options: FlatCallOptions): AsyncGenerator<Page<FlatValues, Meta>, void, undefined>;
  pages(...args: MethodArguments<Input & ListOptions>): AsyncGenerator<Page<Item, Meta>, void, undefined>;
  /** All items as they arrive, by one call: for a service that streams them, and for lists too long to wait for. */
  stream(input: FlatValues, options: FlatCallOptions): AsyncGenerator<FlatValues, void, undefined>;
  stream(...args: MethodArguments<Input & ListOptions>): AsyncGenerator<Item, void, undefined>;
}

/** Binds a method of a SmartObject to a transport, by system names. */
export function method<Input, Output>(transport: Transport, object: string, name: string): Method<Input, Output> {
  const call = (...[input, options]: MethodArguments<Input>) => transport.call(object, name, input, options);
  const download = (...[input, options]: MethodArguments<Input>) => transport.download(object, name, input, options);
  return Object.assign(call, { download }) as unknown as Method<Input, Output>;
}

/** Binds a `list` of a SmartObject to a transport, by system names. */
export function listMethod<Input, Item, Meta = unknown>(
  transport: Transport,
  object: string,
  name: string,
): ListMethod<Input, Item, Meta> {
  type Arguments = MethodArguments<Input & ListOptions>;

  function page(...[input, options]: Arguments): Promise<Page<Item, Meta>> {
    return transport.call(object, name, input, options) as Promise<Page<Item, Meta>>;
  }

  async function* pages(...[input, options]: Arguments): AsyncGenerator<Page<Item, Meta>, void, undefined> {
    const guard = new CursorGuard();
    let cursor: string | undefined;
    do {
      const pageInput = cursor === undefined ? input : { ...input, $next: cursor };
      const current = (await transport.call(object, name, pageInput, options)) as Page<Item, Meta>;
      yield current;
      cursor = current.next;
      if (cursor !== undefined && guard.repeats(cursor)) {
        const detail = `The pages of ${object}.${name} go round in a circle: "${cursor}" has been there before.`;
        throw clientProblem('PAGING_LOOP', detail);
      }
    } while (cursor !== undefined);
  }

  async function* all(...args: Arguments): AsyncGenerator<Item, void, undefined> {
    for await (const { items } of pages(...args)) yield* items;
  }

  function stream(...[input, options]: Arguments): AsyncGenerator<Item, void, undefined> {
    return transport.stream(object, name, input, options) as AsyncGenerator<Item, void, undefined>;
  }

  return Object.assign(page, { all, pages, stream }) as ListMethod<Input, Item, Meta>;
}
