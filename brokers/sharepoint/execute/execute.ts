import { CallerError, UpstreamError } from '../../../config/model/errors.js';
import type { BrokerContext, MethodCall, MethodResult, RequestPreview, StreamedResult } from '../../broker.js';
import type { UpstreamRequest } from '../../http/upstream.js';
import type { SharePointKeys } from '../keys.js';
import type { ItemBinding, Operation, RequestBinding, SharePointBinding } from '../plan.js';
import { listView, queryCaml } from './caml.js';
import { createDocumentSet } from './document-set.js';
import { addAttachment, createFolder, download, downloadAttachment, relocate } from './files.js';
import { listItems } from './list-items.js';
import { operationCall, type Run } from './operation.js';
import { readItem } from './read-items.js';
import { many, one, search, sendRequest } from './site-request.js';
import { replaceContent, upload } from './upload.js';
import { createItem, deleteItem, updateItem } from './write-items.js';
import { createMany, deleteMany, updateMany } from './write-many.js';

/** What each operation does. */
const operations: { readonly [O in Exclude<Operation, 'request'>]: Run } = {
  list: listItems,
  listView,
  caml: queryCaml,
  read: readItem,
  create: createItem,
  update: updateItem,
  delete: deleteItem,
  createMany,
  updateMany,
  deleteMany,
  upload,
  replaceContent,
  download,
  createFolder,
  createDocumentSet,
  move: relocate('Move'),
  copy: relocate('Copy'),
  addAttachment,
  downloadAttachment,
  search,
  sendRequest,
};

function run(call: MethodCall<SharePointKeys>, ctx: BrokerContext, streaming: boolean): Promise<StreamedResult> {
  const { operation } = call.method.binding as SharePointBinding;
  if (operation === 'request') {
    const request = operationCall<RequestBinding>(call, ctx, streaming);
    return call.method.kind === 'list' ? many(request) : one(request);
  }
  return operations[operation](operationCall<ItemBinding>(call, ctx, streaming));
}

/**
 * Calls one method.
 *
 * @throws CallerError INPUT_INVALID, CONFLICT; UpstreamError, with `extensions.sharepoint` naming reason, list, item and column
 */
export async function executeSharePoint(call: MethodCall<SharePointKeys>, ctx: BrokerContext): Promise<MethodResult> {
  return (await run(call, ctx, false)) as MethodResult;
}

/** The same, with files as their bytes arrive. */
export function streamSharePoint(call: MethodCall<SharePointKeys>, ctx: BrokerContext): Promise<StreamedResult> {
  return run(call, ctx, true);
}

/** Ends a call where it would send its first request. */
class Stopped extends Error {}

const never = new AbortController().signal;
const nothing = () => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** The first request that a call would send. @throws CallerError INPUT_INVALID */
export async function previewSharePoint(call: MethodCall<SharePointKeys>): Promise<RequestPreview> {
  let first: UpstreamRequest | undefined;
  const http = {
    async send(request: UpstreamRequest): Promise<never> {
      first ??= request;
      throw new Stopped();
    },
  };
  try {
    await run(call, { http, signal: never, log: silent }, false);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
  if (first === undefined)
    throw new CallerError('INPUT_INVALID', 'The call sends no request: it has nothing to write.');
  const { method, url, headers, body } = first;
  const shown = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  if (body === undefined || typeof body === 'string') return { method, url, headers: shown, body: body ?? null };
  if (!(body instanceof Uint8Array)) throw new UpstreamError('UPSTREAM_UNREADABLE', 'The body is a stream.');
  return { method, url, headers: shown, body: null, bodyBase64: Buffer.from(body).toString('base64') };
}
