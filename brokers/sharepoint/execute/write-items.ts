import type { UpstreamResponse } from '../../http/upstream.js';
import { inputInvalid } from '../../input-error.js';
import { writeColumns } from '../columns/write.js';
import { etagIn, type Fields, numberIn, recordOf, textIn } from '../odata/answer.js';
import type { ColumnPlan } from '../plan.js';
import { itemPath, listPath, type OperationCall, post, subjectOf } from './operation.js';

const MERGE = { 'x-http-method': 'MERGE' };

/** The body that sets the columns that an input gives; people are looked up by login name or e-mail address. */
export async function bodyFor(call: OperationCall, input: Fields): Promise<Record<string, unknown>> {
  const { plan } = call;
  const body = await writeColumns(input, plan.columns, {
    timeZone: plan.list.timeZone,
    personId: (person, column) => personId(call, person, column),
  });
  return plan.contentType === undefined || 'ContentTypeId' in body
    ? body
    : { ...body, ContentTypeId: plan.contentType };
}

async function personId(call: OperationCall, person: Fields, column: ColumnPlan): Promise<number> {
  const id = numberIn(person, 'id');
  if (id !== undefined) return id;
  const logonName = textIn(person, 'loginName') ?? textIn(person, 'email');
  if (logonName === undefined)
    throw inputInvalid(column.name, 'must name a person by id, login name or e-mail address');
  const known = call.people.get(logonName) ?? ensureUser(call, logonName, column);
  call.people.set(logonName, known);
  return await known;
}

async function ensureUser(call: OperationCall, logonName: string, column: ColumnPlan): Promise<number> {
  const about = { ...subjectOf(call), columns: [column] };
  const answer = await call.site.json(post('_api/web/ensureuser', about, { json: { logonName } }));
  const found = numberIn(recordOf(answer), 'Id');
  if (found === undefined) throw inputInvalid(column.name, 'names a person whom the site does not know');
  return found;
}

export async function createItem(call: OperationCall): Promise<{ readonly value: unknown }> {
  const json = await bodyFor(call, call.input);
  const about = subjectOf(call, undefined);
  const item = recordOf(await call.site.json(post(`${listPath(call)}/items`, about, { json })));
  return { value: { ID: numberIn(item, 'Id') ?? numberIn(item, 'ID') ?? 0, ETag: etagIn(item) ?? null } };
}

/** Sets columns of an item, if it is the version that the caller has read, or whatever it is. @returns its new entity tag */
export async function mergeItem(
  call: OperationCall,
  id: unknown,
  json: unknown,
  etag: unknown,
): Promise<string | null> {
  const headers = { ...MERGE, 'if-match': ifMatch(etag) };
  const response = await call.site.send(post(itemPath(call, id), subjectOf(call, id), { json, headers }));
  const tag = etagOf(response);
  response.discard();
  return tag;
}

export async function updateItem(call: OperationCall): Promise<{ readonly value: unknown }> {
  const { ID, ETag } = call.input;
  const tag = await mergeItem(call, ID, await bodyFor(call, call.input), ETag);
  return { value: { ID, ETag: tag } };
}

/** Recycles; an answer of the recycle bin's own id comes back. */
export async function deleteItem(call: OperationCall): Promise<{ readonly value: unknown }> {
  const { ID, ETag } = call.input;
  const about = subjectOf(call);
  if (ETag !== undefined) await checkVersion(call, ID, String(ETag));
  const answer = await call.site.json(post(`${itemPath(call)}/recycle()`, about));
  return { value: { recycleBinItemId: recycledId(answer) } };
}

/** SharePoint does not heed `If-Match` when it recycles: a change of nothing tells whether the version is still the one. */
async function checkVersion(call: OperationCall, id: unknown, etag: string): Promise<void> {
  await mergeItem(call, id, {}, etag);
}

function recycledId(answer: unknown): string | null {
  if (typeof answer === 'string') return answer;
  const content = recordOf(answer);
  return textIn(content, 'value') ?? textIn(content, 'Recycle') ?? null;
}

/** An entity tag as a header: what a caller gives must not be more than one. @throws CallerError INPUT_INVALID */
export function ifMatch(etag: unknown): string {
  if (etag === undefined || etag === null || etag === '') return '*';
  const text = String(etag);
  if (!/^[ -~]{1,200}$/.test(text)) throw inputInvalid('ETag', 'is no ETag that Read or List gave');
  return text;
}

export function etagOf({ headers: { etag } }: Pick<UpstreamResponse, 'headers'>): string | null {
  return (Array.isArray(etag) ? etag[0] : etag) ?? null;
}
