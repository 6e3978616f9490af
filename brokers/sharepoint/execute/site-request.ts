import type { ListResult } from '../../broker.js';
import { inputInvalid } from '../../input-error.js';
import { type Fields, isFields, numberIn, recordOf, recordsOf, skipTokenOf } from '../odata/answer.js';
import { encoded, quoted } from '../odata/literal.js';
import type { RequestBinding, Shape, Slot } from '../plan.js';
import type { SiteRequest } from '../site/site.js';
import { readContinuation, writeContinuation } from './continuation.js';
import { get, type OperationCall, post } from './operation.js';

/** How inputs stand in a path. */
const slots: Readonly<Record<Slot, (value: unknown, input: string) => string>> = {
  number: (value, input) => {
    if (!Number.isSafeInteger(value)) throw inputInvalid(input, 'must be a whole number');
    return String(value);
  },
  text: (value, input) => quoted(String(value ?? ''), input),
  path: (value, input) => quoted(String(value ?? ''), input),
  guid: (value, input) => {
    const text = String(value);
    if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) throw inputInvalid(input, 'must be a GUID');
    return text;
  },
};

/** What stands in a path where the caller gives nothing. */
const absent: Readonly<Record<string, unknown>> = { checkInType: 1, comment: '' };

/** A request that is all described by its plan. */
export async function runRequest({ site, plan, input }: OperationCall<RequestBinding>) {
  const pieces = plan.path.map((piece) =>
    typeof piece === 'string' ? piece : slots[piece.as](input[piece.input] ?? absent[piece.input], piece.input),
  );
  const about = {
    ...(plan.list === undefined ? {} : { list: plan.list }),
    ...(typeof input.ID === 'number' ? { item: input.ID } : {}),
  };
  const { token } = readContinuation(input.$next);
  const path = pieces.join('');
  const position = token === undefined ? '' : `${path.includes('?') ? '&' : '?'}$skiptoken=${encoded(token, '$next')}`;
  const request: SiteRequest = {
    method: plan.verb,
    path: `${path}${position}`,
    about,
    ...(plan.headers === undefined ? {} : { headers: { 'if-match': '*', ...plan.headers } }),
    ...(plan.body === undefined ? {} : { json: filled(plan.body, input) }),
  };
  if (plan.shape === undefined) {
    await site.done(request);
    return { value: undefined };
  }
  return { answer: await site.json(request), shape: plan.shape };
}

/** Its single result. */
export async function one(call: OperationCall<RequestBinding>): Promise<{ readonly value: unknown }> {
  const { answer, shape } = await runRequest(call);
  return shape === undefined ? { value: undefined } : { value: shaped(recordOf(answer), shape) };
}

/** Its list of results. */
export async function many(call: OperationCall<RequestBinding>): Promise<ListResult> {
  const { answer, shape = {} } = await runRequest(call);
  const token = skipTokenOf(answer);
  return {
    items: recordsOf(answer).map((record) => shaped(record, shape)),
    ...(token === undefined ? {} : { next: writeContinuation({ token }) }),
  };
}

/** A result by its shape. Texts that SharePoint gives as numbers, and the other way round, are what the other is. */
function shaped(record: Fields, shape: Shape): Record<string, unknown> {
  return Object.fromEntries(Object.entries(shape).map(([name, path]) => [name, at(record, path.split('/'))]));
}

function at(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value ?? null;
  if (!isFields(value)) return null;
  const list = /^(\w+)\[(\d*)\]$/.exec(name);
  if (list === null) return at(value[name], rest);
  const members = recordsOf(value[list[1] ?? ''] ?? []);
  if (list[2] !== '') return at(members[Number(list[2])], rest);
  return members.map((member) => at(member, rest));
}

/** A body with the inputs in their places; an input that is not given leaves its member out. */
function filled(body: unknown, input: Fields): unknown {
  if (typeof body === 'string') return body.startsWith('$') ? input[body.slice(1)] : body;
  if (!isFields(body)) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, filled(value, input)]));
}

/** The search service, page by page. */
export async function search(call: OperationCall): Promise<ListResult> {
  const { site, input, keys } = call;
  const { row = 0 } = readContinuation(input.$next);
  const rows = typeof input.pageSize === 'number' ? input.pageSize : 50;
  const query = String(input.query);
  const wanted = Array.isArray(input.properties) ? input.properties.map(String) : [];
  const usual = ['Title', 'Path', 'Author', 'LastModifiedTime', 'FileExtension', 'HitHighlightedSummary'];
  const json = {
    request: {
      Querytext: input.everywhere === true ? query : `(${query}) path:"${site.url}"`,
      StartRow: row,
      RowLimit: rows,
      Culture: keys.defaultLocaleId ?? 1033,
      TrimDuplicates: false,
      SelectProperties: [...new Set([...usual, ...wanted])],
    },
  };
  const answer = recordOf(await site.json(post('_api/search/postquery', {}, { json })));
  const result = isFields(answer.postquery) ? answer.postquery : answer;
  const relevant = fieldsAt(result, ['PrimaryQueryResult', 'RelevantResults']);
  const items = recordsOf(fieldsAt(relevant, ['Table']).Rows ?? []).map((found) =>
    Object.fromEntries(
      recordsOf(found.Cells ?? []).flatMap(({ Key, Value }): [string, string | null][] =>
        typeof Key === 'string' && Key !== '__proto__' ? [[Key, typeof Value === 'string' ? Value : null]] : [],
      ),
    ),
  );
  const total = numberIn(relevant, 'TotalRows') ?? 0;
  const next = row + items.length;
  return { items, ...(items.length > 0 && next < total ? { next: writeContinuation({ row: next }) } : {}) };
}

function fieldsAt(value: Fields, path: readonly string[]): Fields {
  let found: Fields = value;
  for (const name of path) {
    const next = found[name];
    found = isFields(next) ? next : {};
  }
  return found;
}

/** Any request of the REST API below the site. */
export async function sendRequest({ site, input }: OperationCall): Promise<{ readonly value: unknown }> {
  const path = String(input.path);
  const [bare = ''] = path.split(/[?#]/);
  const segments = decoded(bare).split(/[/\\]/);
  if (!/^_(?:api|vti_bin)\/[!-~]*$/.test(path) || segments.includes('..') || path.includes('#') || /\\/.test(path))
    throw inputInvalid('path', 'must stay below _api/ of the site, and be escaped');
  const verb = String(input.verb ?? 'GET');
  const headers = {
    ...(verb === 'GET' || verb === 'POST' ? {} : { 'x-http-method': verb, 'if-match': '*' }),
    ...(typeof input.ifMatch === 'string' ? { 'if-match': input.ifMatch } : {}),
  };
  const request: SiteRequest =
    verb === 'GET'
      ? get(path, {})
      : post(path, {}, { headers, ...(input.body === undefined ? {} : { json: input.body }) });
  const response = await site.send({ ...request, headers });
  const { status } = response;
  const type = String(response.headers['content-type'] ?? '');
  const text = await response.text();
  return { value: { status, body: /json/i.test(type) ? (site.parse(text, request) ?? null) : text } };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw inputInvalid('path', 'is not escaped as a URL is', cause);
  }
}
