import type { BrokerContext, MethodCall, StreamedResult } from '../../broker.js';
import { type SharePointKeys, sitePathOf } from '../keys.js';
import type { ItemBinding, RequestBinding } from '../plan.js';
import type { Subject } from '../site/fault.js';
import { Site, type SiteRequest } from '../site/site.js';

/** One call, as the operations see it. */
export interface OperationCall<Binding = ItemBinding> {
  readonly site: Site;
  readonly plan: Binding;
  readonly input: MethodCall['input'];
  readonly keys: SharePointKeys;
  readonly ctx: BrokerContext;
  /** Numbers of the people that the call names, by login name or e-mail address: each is asked for once. */
  readonly people: Map<string, Promise<number>>;
  /** Whether files may be given as their bytes arrive. */
  readonly streaming: boolean;
}

export type Run<Binding = ItemBinding> = (call: OperationCall<Binding>) => Promise<StreamedResult>;

export function operationCall<Binding extends ItemBinding | RequestBinding>(
  { keys, input, method }: MethodCall<SharePointKeys>,
  ctx: BrokerContext,
  streaming: boolean,
): OperationCall<Binding> {
  return { site: new Site(keys, ctx), plan: method.binding as Binding, input, keys, ctx, people: new Map(), streaming };
}

/** `_api/web/lists(guid'…')`. The id is discovery's own. */
export const listPath = ({ plan }: OperationCall): string => `_api/web/lists(guid'${plan.list.id}')`;

/** `…/items(7)`. */
export const itemPath = (call: OperationCall, id: unknown = call.input.ID): string =>
  `${listPath(call)}/items(${Number(id)})`;

/** What a call is about, for messages. */
export function subjectOf({ plan, input }: OperationCall, item: unknown = input.ID): Subject {
  const id = typeof item === 'number' ? item : undefined;
  return { list: plan.list.title, ...(id === undefined ? {} : { item: id }), columns: plan.columns };
}

export const get = (path: string, about: Subject): SiteRequest => ({ method: 'GET', path, about });
export const post = (path: string, about: Subject, more: Partial<SiteRequest> = {}): SiteRequest => ({
  method: 'POST',
  path,
  about,
  ...more,
});

/** A path as a caller gives it, from the host's root: one that begins with `/` is so already, another stands below the library. */
export function absolutePath({ plan, keys }: OperationCall, path: string): string {
  if (path.startsWith('/')) return path;
  const root = plan.list.root === '' ? `${sitePathOf(keys)}/${plan.list.title}` : plan.list.root;
  const below = path.replace(/\/+$/, '');
  return below === '' ? root : `${root}/${below}`;
}
