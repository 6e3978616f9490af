import { isSmartwrightError, type SmartwrightError } from '../../../config/model/errors.js';
import { waitAsked } from '../../http/retry.js';
import { isFields, numberIn, recordOf } from '../odata/answer.js';
import { type BatchAnswer, MOST_PARTS } from '../odata/batch.js';
import type { SiteRequest } from '../site/site.js';
import { slowDown } from '../site/throttle.js';
import { itemPath, listPath, type OperationCall, post, subjectOf } from './operation.js';
import { bodyFor, ifMatch } from './write-items.js';

/** What became of one of many. */
interface WriteResult {
  readonly ID: number | null;
  readonly ok: boolean;
  readonly status: number;
  readonly error: string | null;
  readonly column: string | null;
}

interface Write {
  readonly request: SiteRequest;
  readonly id: number | null;
  readonly verb: string;
}

/** Times that writes which a busy site refused are sent again. */
const MOST_ROUNDS = 5;

/** Adds items, a hundred a request. */
export function createMany(call: OperationCall) {
  return writeAll(call, itemsIn(call), async (item) => ({
    id: null,
    verb: 'POST',
    request: post(`${listPath(call)}/items`, subjectOf(call, undefined), { json: await bodyFor(call, item) }),
  }));
}

/** Changes items, a hundred a request. */
export function updateMany(call: OperationCall) {
  return writeAll(call, itemsIn(call), async (item) => ({
    id: Number(item.ID),
    verb: 'MERGE',
    request: post(itemPath(call, item.ID), subjectOf(call, item.ID), {
      json: await bodyFor(call, item),
      headers: { 'if-match': ifMatch(item.ETag) },
    }),
  }));
}

/** Puts items into the recycle bin, a hundred a request. */
export function deleteMany(call: OperationCall) {
  const { ids } = call.input;
  return writeAll(call, Array.isArray(ids) ? ids : [], async (id) => ({
    id: Number(id),
    verb: 'POST',
    request: post(`${itemPath(call, id)}/recycle()`, subjectOf(call, id)),
  }));
}

const itemsIn = ({ input: { items } }: OperationCall) => (Array.isArray(items) ? items.filter(isFields) : []);

/**
 * Sends writes in the order that they were given. One that is refused spoils no other. When a whole batch fails after others were
 * written, the results say of its writes that nobody knows, and of those after that they were not sent.
 *
 * @throws as `Site.send`, when nothing was written yet
 */
async function writeAll<Item>(
  call: OperationCall,
  items: readonly Item[],
  writeOf: (item: Item) => Promise<Write>,
): Promise<{ readonly value: readonly WriteResult[] }> {
  const results: WriteResult[] = [];
  for (let at = 0; at < items.length; at += MOST_PARTS) {
    const writes: Write[] = [];
    let sent = 0;
    try {
      for (const item of items.slice(at, at + MOST_PARTS)) writes.push(await writeOf(item));
      sent = writes.length;
      results.push(...(await writeBatch(call, writes)));
    } catch (error) {
      if (at === 0 || !isSmartwrightError(error)) throw error;
      for (const { id } of writes.slice(0, sent)) results.push(unknown(id, error));
      while (results.length < items.length)
        results.push(notWritten(null, `Not sent, because another could not be: ${error.message}`));
      break;
    }
  }
  return { value: results };
}

const notWritten = (ID: number | null, error: string): WriteResult => ({
  ID,
  ok: false,
  status: 0,
  error,
  column: null,
});

const unknown = (id: number | null, { message }: SmartwrightError): WriteResult =>
  notWritten(id, `Nobody knows whether it was written: ${message}`);

function send(site: OperationCall['site'], writes: readonly Write[]): Promise<readonly BatchAnswer[]> {
  const verbs = new Map(writes.map(({ request, verb }) => [request, verb]));
  return site.batch([...verbs.keys()], (request) => verbs.get(request) ?? 'POST');
}

async function writeBatch({ site }: OperationCall, writes: readonly Write[]): Promise<readonly WriteResult[]> {
  const results = new Map<Write, WriteResult>();
  let pending = writes;
  for (let round = 0; pending.length > 0; round++) {
    let answers: readonly BatchAnswer[];
    try {
      answers = await send(site, pending);
    } catch (error) {
      // Of the first round nothing is known; of a later one, the others are.
      if (round === 0 || !isSmartwrightError(error)) throw error;
      for (const write of pending) results.set(write, unknown(write.id, error));
      break;
    }
    const busy: Write[] = [];
    for (const [index, answer] of answers.entries()) {
      const write = pending[index];
      if (write === undefined) continue;
      const asked = waitAsked(answer.status, answer.headers['retry-after']);
      if (asked !== undefined && round < MOST_ROUNDS) {
        slowDown(site.url, answer.status, asked);
        busy.push(write);
      } else results.set(write, resultOf(site, write, answer));
    }
    pending = busy;
  }
  return writes.map((write) => results.get(write) ?? notWritten(write.id, 'It was not answered.'));
}

function resultOf(site: OperationCall['site'], { request, id }: Write, answer: BatchAnswer): WriteResult {
  if (answer.status < 300) {
    const created = id ?? createdId(site, request, answer);
    return { ID: created, ok: true, status: answer.status, error: null, column: null };
  }
  const fault: SmartwrightError = site.faultOfPart(answer, request);
  const { column } = fault.extensions.sharepoint as { readonly column?: string };
  return { ID: id, ok: false, status: answer.status, error: fault.message, column: column ?? null };
}

function createdId(site: OperationCall['site'], request: SiteRequest, { body }: BatchAnswer): number | null {
  const item = recordOf(site.parse(body, request));
  return numberIn(item, 'Id') ?? numberIn(item, 'ID') ?? null;
}
